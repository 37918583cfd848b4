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
 * Turns the postings of one flush into chunks, as few as readers can do with: of a minute where
 * events follow each other closely, else of an hour or a day.
 */
public final class LedgerWriter {
  /** An hour's minutes with more events each than this are written apart. */
  private static final int SPARSE_MAX = 8;

  /** An hour's chunk of less than this many minutes is not worth it. */
  private static final int SPREAD_MIN = 3;

  /** A day's postings that are written as one chunk, if they are of more than one hour. */
  private static final int DAY_POSTINGS_MAX = 64;

  /** Whoever reads a minute reads its hour's and day's chunks too, so there may be no more. */
  private static final int CHUNKS_MAX = 32;

  private static final int STRETCHES_KNOWN_MAX = 20_000;

  /** An hour or a day of a workspace. */
  private record Stretch(Table table, String workspaceId, ChunkSpan span, long start) {}

  private final RowWriter writer = new RowWriter();
  private final Map<Stretch, Integer> written =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Stretch, Integer> eldest) {
          return size() > STRETCHES_KNOWN_MAX;
        }
      };

  /**
   * Writes usage and reversals.
   *
   * @param changes sorted by place, no place twice
   * @param sequence gives each chunk a number larger than all before it
   */
  public void write(
      String workspaceId, List<Change> changes, LongSupplier sequence, Consumer<Row> into) {
    write(Table.LEDGER, workspaceId, changes, sequence, into);
  }

  /** Writes e-mails. */
  public void writeEmails(
      String workspaceId, List<Change> changes, LongSupplier sequence, Consumer<Row> into) {
    write(Table.EMAIL, workspaceId, changes, sequence, into);
  }

  private void write(
      Table table,
      String workspaceId,
      List<Change> changes,
      LongSupplier sequence,
      Consumer<Row> into) {
    for (int from = 0; from < changes.size(); ) {
      int dayEnd = end(ChunkSpan.DAY, changes, from, changes.size());
      if (isSparseDay(changes, from, dayEnd)
          && mayWrite(table, workspaceId, ChunkSpan.DAY, changes, from)) {
        chunks(table, workspaceId, ChunkSpan.DAY, changes, from, dayEnd, sequence, into);
      } else {
        for (int hour = from; hour < dayEnd; ) {
          int hourEnd = end(ChunkSpan.HOUR, changes, hour, dayEnd);
          ChunkSpan span =
              isSparseHour(changes, hour, hourEnd)
                      && mayWrite(table, workspaceId, ChunkSpan.HOUR, changes, hour)
                  ? ChunkSpan.HOUR
                  : ChunkSpan.MINUTE;
          chunks(table, workspaceId, span, changes, hour, hourEnd, sequence, into);
          hour = hourEnd;
        }
      }
      from = dayEnd;
    }
  }

  /** Writes changes[from, to) in chunks of the span. */
  private void chunks(
      Table table,
      String workspaceId,
      ChunkSpan span,
      List<Change> changes,
      int from,
      int to,
      LongSupplier sequence,
      Consumer<Row> into) {
    int next = from;
    while (next < to) {
      int chunkEnd = fitting(changes, next, end(span, changes, next, to));
      byte[] key =
          LedgerChunkRow.key(table, workspaceId, span, at(changes, chunkEnd - 1))
              .int64(sequence.getAsLong())
              .bytes();
      into.accept(new Row(key, LedgerChunkRow.encode(writer, span, changes, next, chunkEnd)));
      next = chunkEnd;
    }
  }

  /** Of changes[from, to), all of one day. */
  private static boolean isSparseDay(List<Change> changes, int from, int to) {
    return to - from <= DAY_POSTINGS_MAX && end(ChunkSpan.HOUR, changes, from, to) < to;
  }

  /** Of changes[from, to), all of one hour. */
  private static boolean isSparseHour(List<Change> changes, int from, int to) {
    int minutes = 0;
    for (int i = from; i < to; i = end(ChunkSpan.MINUTE, changes, i, to)) {
      minutes++;
    }
    return minutes >= SPREAD_MIN && to - from <= minutes * SPARSE_MAX;
  }

  private boolean mayWrite(
      Table table, String workspaceId, ChunkSpan span, List<Change> changes, int from) {
    Stretch stretch = new Stretch(table, workspaceId, span, span.start(at(changes, from)));
    return written.merge(stretch, 1, Integer::sum) <= CHUNKS_MAX;
  }

  /** Where the span ends that changes[from] is in; the limit at most. */
  private static int end(ChunkSpan span, List<Change> changes, int from, int limit) {
    long end = span.end(at(changes, from));
    int to = from;
    while (to < limit && at(changes, to) < end) {
      to++;
    }
    return to;
  }

  /** Up to where changes[from, to) fit one chunk; a posting at least. */
  private static int fitting(List<Change> changes, int from, int to) {
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

  private static long at(List<Change> changes, int i) {
    return changes.get(i).posting().at();
  }

  /**
   * A posting to write.
   *
   * @param usedChange by how much it changes the credits used, against what stood in its place
   */
  public record Change(Posting posting, long usedChange) {}
}
