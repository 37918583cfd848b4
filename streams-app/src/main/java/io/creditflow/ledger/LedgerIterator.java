package io.creditflow.ledger;

import io.creditflow.state.RowStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A walk back through a ledger, newest first. Chunks of a minute, an hour and a day lie beside each
 * other; of postings at one place the one written last stands.
 */
public final class LedgerIterator implements Iterator<Posting>, AutoCloseable {
  private record Entry(Posting posting, long sequence) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::posting, Posting.ORDER).thenComparingLong(Entry::sequence);

  private final LedgerPosition before;
  private final long fromMillis;
  private final List<Level> levels = new ArrayList<>();
  private @Nullable Posting next;

  /**
   * Begins a walk.
   *
   * @param rows the chunks of a span, last ones first
   */
  LedgerIterator(
      Function<ChunkSpan, RowStore.RowIterator> rows, LedgerPosition before, long fromMillis) {
    this.before = before;
    this.fromMillis = fromMillis;
    for (ChunkSpan span : ChunkSpan.values()) {
      levels.add(new Level(rows.apply(span)));
    }
    advance();
  }

  /** The chunks of one span, a stretch of time after the other. */
  private final class Level {
    private final RowStore.RowIterator rows;
    private final Deque<Entry> ready = new ArrayDeque<>();
    private @Nullable LedgerChunkRow pending;

    private Level(RowStore.RowIterator rows) {
      this.rows = rows;
      pending = read();
      fill();
    }

    private @Nullable LedgerChunkRow read() {
      return rows.hasNext() ? LedgerChunkRow.of(rows.next()) : null;
    }

    private void fill() {
      while (ready.isEmpty() && pending != null) {
        List<Entry> entries = new ArrayList<>();
        int chunks = 0;
        for (long start = pending.start(); pending != null && pending.start() == start; chunks++) {
          long sequence = pending.sequence();
          pending.forEach(
              (posting, usedChange) -> {
                if (posting.at() >= fromMillis && posting.position().compareTo(before) < 0) {
                  entries.add(new Entry(posting, sequence));
                }
              });
          pending = read();
        }
        if (chunks > 1) {
          entries.sort(ORDER);
        }
        entries.forEach(ready::addFirst);
      }
    }

    private boolean isPassed() {
      return ready.isEmpty();
    }

    private Entry head() {
      return ready.getFirst();
    }

    private void drop() {
      ready.removeFirst();
      if (ready.isEmpty()) {
        fill();
      }
    }
  }

  /** Moves to the latest posting that stands, past all that it replaced. */
  private void advance() {
    do {
      Level latest = latest();
      if (latest == null) {
        next = null;
        return;
      }
      next = latest.head().posting();
      do {
        latest.drop();
        latest = latest();
      } while (latest != null && Posting.ORDER.compare(latest.head().posting(), next) == 0);
    } while (next.status() == Posting.Status.REMOVED);
  }

  private @Nullable Level latest() {
    Level latest = null;
    for (Level level : levels) {
      if (!level.isPassed() && (latest == null || ORDER.compare(level.head(), latest.head()) > 0)) {
        latest = level;
      }
    }
    return latest;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** The next posting without passing it; null at the end. */
  public @Nullable Posting peek() {
    return next;
  }

  @Override
  public Posting next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Posting posting = next;
    advance();
    return posting;
  }

  @Override
  public void close() {
    levels.forEach(level -> level.rows.close());
  }
}
