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
 * Iterates over a ledger, newest posting first. It merges the chunks of minutes, hours and days. Of
 * several postings at one ledger position, it returns the one written last. It decodes a chunk only
 * when it reaches the chunk's last posting, so the cost of a page depends on the page's length, not
 * on the ledger's.
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
   * Starts before a position.
   *
   * @param rows for each span, its chunks in descending order of their last postings
   * @param before the position before which the first posting is
   * @param fromMillis the earliest event time, inclusive, milliseconds since 1970
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

  /** The chunks of one span that are not decoded yet, latest first. */
  private static final class UnreadChunks {
    private final RowStore.RowIterator rows;
    private @Nullable LedgerChunkRow latest;

    private UnreadChunks(RowStore.RowIterator rows) {
      this.rows = rows;
      advance();
    }

    private void advance() {
      latest = rows.hasNext() ? LedgerChunkRow.of(rows.next()) : null;
    }
  }

  /** The postings of one chunk that are not returned yet, the latest last; never empty. */
  private record DecodedChunk(long sequence, Deque<Posting> postings) {
    Posting latest() {
      return postings.getLast();
    }
  }

  /** Moves to the next current posting, past the postings that it replaced. */
  private void advance() {
    do {
      next = poll();
      if (next == null) {
        return;
      }
      for (DecodedChunk chunk = firstChunk();
          chunk != null && Posting.ORDER.compare(chunk.latest(), next) == 0;
          chunk = firstChunk()) {
        poll();
      }
    } while (next.status() == Posting.Status.REMOVED);
  }

  /** Removes the latest remaining posting, replaced or not; null at the end. */
  private @Nullable Posting poll() {
    DecodedChunk chunk = firstChunk();
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

  /** The chunk with the latest remaining posting; null at the end. */
  private @Nullable DecodedChunk firstChunk() {
    for (UnreadChunks chunks : unread) {
      while (chunks.latest != null
          && (decoded.isEmpty() || chunks.latest.lastAt() >= decoded.element().latest().at())) {
        decode(chunks.latest);
        chunks.advance();
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

  /** The posting that {@link #next} will return; null at the end. */
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
