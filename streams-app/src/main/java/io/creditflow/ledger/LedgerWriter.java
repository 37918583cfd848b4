package io.creditflow.ledger;

import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Splits the postings of one flush into few chunks: postings in close succession into chunks of a
 * minute, others into chunks of an hour or a day. Not thread-safe.
 */
public final class LedgerWriter {
  /**
   * The maximum number of postings per minute, on average over the minutes that have any, of a
   * chunk of an hour.
   */
  private static final int POSTINGS_PER_MINUTE_MAX = 8;

  /** The minimum number of different minutes in a chunk of an hour. */
  private static final int HOUR_MINUTES_MIN = 3;

  /** The maximum number of postings in a chunk of a day. */
  private static final int DAY_POSTINGS_MAX = 64;

  /**
   * The maximum number of flushes that write chunks of the same hour or day. It bounds reading,
   * because a reader of one minute also reads all chunks of the minute's hour and day.
   */
  private static final int FLUSHES_PER_SPAN_MAX = 32;

  /** The maximum number of hours and days in {@link #flushesBySpan}; bounds memory. */
  private static final int SPANS_MAX = 20_000;

  /** An hour or a day of a workspace. */
  private record WorkspaceSpan(Table table, String workspaceId, ChunkSpan span, long start) {}

  private final RowWriter writer = new RowWriter();

  /** How many flushes have used each hour and day. The span used longest ago is dropped first. */
  private final Map<WorkspaceSpan, Integer> flushesBySpan =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkspaceSpan, Integer> eldest) {
          return size() > SPANS_MAX;
        }
      };

  /**
   * Writes the postings of usage and reversals.
   *
   * @param changes sorted by {@link Posting#ORDER}, each ledger position at most once
   * @param sequence supplies the number of each chunk; numbers must increase
   * @param into receives the rows
   */
  public void write(
      String workspaceId, List<PostingChange> changes, LongSupplier sequence, Consumer<Row> into) {
    write(Table.LEDGER, workspaceId, changes, sequence, into);
  }

  /** Writes the postings of e-mails; see {@link #write}. */
  public void writeEmails(
      String workspaceId, List<PostingChange> changes, LongSupplier sequence, Consumer<Row> into) {
    write(Table.EMAIL, workspaceId, changes, sequence, into);
  }

  private void write(
      Table table,
      String workspaceId,
      List<PostingChange> changes,
      LongSupplier sequence,
      Consumer<Row> into) {
    for (int from = 0; from < changes.size(); ) {
      int dayEnd = end(ChunkSpan.DAY, changes, from, changes.size());
      if (isSparseDay(changes, from, dayEnd)
          && reserve(table, workspaceId, ChunkSpan.DAY, changes, from)) {
        writeChunks(table, workspaceId, ChunkSpan.DAY, changes, from, dayEnd, sequence, into);
      } else {
        for (int hour = from; hour < dayEnd; ) {
          int hourEnd = end(ChunkSpan.HOUR, changes, hour, dayEnd);
          ChunkSpan span =
              isSparseHour(changes, hour, hourEnd)
                      && reserve(table, workspaceId, ChunkSpan.HOUR, changes, hour)
                  ? ChunkSpan.HOUR
                  : ChunkSpan.MINUTE;
          writeChunks(table, workspaceId, span, changes, hour, hourEnd, sequence, into);
          hour = hourEnd;
        }
      }
      from = dayEnd;
    }
  }

  /** Writes changes[from, to) in chunks of the span. */
  private void writeChunks(
      Table table,
      String workspaceId,
      ChunkSpan span,
      List<PostingChange> changes,
      int from,
      int to,
      LongSupplier sequence,
      Consumer<Row> into) {
    int next = from;
    while (next < to) {
      int chunkEnd = chunkEnd(changes, next, end(span, changes, next, to));
      byte[] key =
          LedgerChunkRow.key(table, workspaceId, span, at(changes, chunkEnd - 1))
              .int64(sequence.getAsLong())
              .bytes();
      into.accept(new Row(key, LedgerChunkRow.encode(writer, span, changes, next, chunkEnd)));
      next = chunkEnd;
    }
  }

  /** Whether changes[from, to), which are all of one day, fit one chunk of a day. */
  private static boolean isSparseDay(List<PostingChange> changes, int from, int to) {
    return to - from <= DAY_POSTINGS_MAX && end(ChunkSpan.HOUR, changes, from, to) < to;
  }

  /** Whether changes[from, to), which are all of one hour, fit one chunk of an hour. */
  private static boolean isSparseHour(List<PostingChange> changes, int from, int to) {
    int minutes = 0;
    for (int i = from; i < to; i = end(ChunkSpan.MINUTE, changes, i, to)) {
      minutes++;
    }
    return minutes >= HOUR_MINUTES_MIN && to - from <= minutes * POSTINGS_PER_MINUTE_MAX;
  }

  /**
   * Counts one more flush that writes chunks of the span in which changes[from] is. Returns whether
   * it may: false if there are {@link #FLUSHES_PER_SPAN_MAX} already.
   */
  private boolean reserve(
      Table table, String workspaceId, ChunkSpan span, List<PostingChange> changes, int from) {
    WorkspaceSpan used = new WorkspaceSpan(table, workspaceId, span, span.start(at(changes, from)));
    return flushesBySpan.merge(used, 1, Integer::sum) <= FLUSHES_PER_SPAN_MAX;
  }

  /** The index after the last change, before the limit, in the same span as changes[from]. */
  private static int end(ChunkSpan span, List<PostingChange> changes, int from, int limit) {
    long end = span.end(at(changes, from));
    int to = from;
    while (to < limit && at(changes, to) < end) {
      to++;
    }
    return to;
  }

  /** The index up to which changes[from, to) fit one chunk; greater than {@code from}. */
  private static int chunkEnd(List<PostingChange> changes, int from, int to) {
    int limit = Math.min(to, from + LedgerChunkRow.POSTINGS_MAX);
    int characters = 0;
    for (int i = from; i < limit; i++) {
      characters += LedgerChunkRow.charactersOf(changes.get(i).posting());
      if (characters > LedgerChunkRow.CHARACTERS_MAX && i > from) {
        return i;
      }
    }
    return limit;
  }

  private static long at(List<PostingChange> changes, int i) {
    return changes.get(i).posting().at();
  }

  /**
   * A posting to write.
   *
   * @param usedChange the change of the credits used, compared with the posting that it replaces
   */
  public record PostingChange(Posting posting, long usedChange) {}
}
