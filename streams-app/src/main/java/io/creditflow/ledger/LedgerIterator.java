package io.creditflow.ledger;

import io.creditflow.state.RowStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A walk back through a ledger, newest first. Chunks of a minute, an hour and a day lie beside each
 * other; of postings at one place the one written last stands. A chunk is decoded when the walk
 * reaches its last posting, so a page costs what it shows.
 */
public final class LedgerIterator implements Iterator<Posting>, AutoCloseable {
  private static final Comparator<DecodedChunk> LATEST_FIRST =
      Comparator.comparing(DecodedChunk::latest, Posting.ORDER)
          .thenComparingLong(DecodedChunk::sequence)
          .reversed();

  private final LedgerPosition before;
  private final long fromMillis;
  private final List<UnreadChunks> unread = new ArrayList<>();
  private final PriorityQueue<DecodedChunk> decoded = new PriorityQueue<>(LATEST_FIRST);
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
      unread.add(new UnreadChunks(rows.apply(span)));
    }
    advance();
  }

  /** The chunks of one span that the walk has not reached, by their last postings. */
  private static final class UnreadChunks {
    private final RowStore.RowIterator rows;
    private @Nullable LedgerChunkRow first;

    private UnreadChunks(RowStore.RowIterator rows) {
      this.rows = rows;
      skip();
    }

    private void skip() {
      first = rows.hasNext() ? LedgerChunkRow.of(rows.next()) : null;
    }
  }

  /** What is ahead of the walk in one chunk, the latest posting last; never empty in the queue. */
  private record DecodedChunk(long sequence, Deque<Posting> postings) {
    Posting latest() {
      return postings.getLast();
    }
  }

  /** Moves to the latest posting that stands, past all that it replaced. */
  private void advance() {
    do {
      next = poll();
      if (next == null) {
        return;
      }
      for (DecodedChunk chunk = head();
          chunk != null && Posting.ORDER.compare(chunk.latest(), next) == 0;
          chunk = head()) {
        poll();
      }
    } while (next.status() == Posting.Status.REMOVED);
  }

  private @Nullable Posting poll() {
    DecodedChunk chunk = head();
    if (chunk == null) {
      return null;
    }
    decoded.remove();
    Posting posting = chunk.postings.removeLast();
    if (!chunk.postings.isEmpty()) {
      decoded.add(chunk);
    }
    return posting;
  }

  /** The chunk that holds the latest posting ahead; null at the end. */
  private @Nullable DecodedChunk head() {
    for (UnreadChunks chunks : unread) {
      while (chunks.first != null
          && (decoded.isEmpty() || chunks.first.lastAt() >= decoded.element().latest().at())) {
        decode(chunks.first);
        chunks.skip();
      }
    }
    return decoded.peek();
  }

  private void decode(LedgerChunkRow chunk) {
    if (chunk.firstAt() > before.at()) {
      return;
    }
    Deque<Posting> postings = new ArrayDeque<>();
    chunk.forEach(
        (posting, usedChange) -> {
          if (posting.at() >= fromMillis && posting.position().compareTo(before) < 0) {
            postings.add(posting);
          }
        });
    if (!postings.isEmpty()) {
      decoded.add(new DecodedChunk(chunk.sequence(), postings));
    }
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
    unread.forEach(chunks -> chunks.rows.close());
  }
}
