package io.creditflow.ledger;

import io.creditflow.state.RowWriter;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Turns the postings of one flush into chunks, as few as readers can do with: of a minute where
 * events follow each other closely, else of an hour.
 */
public final class LedgerWriter {
  /** An hour's minutes with more events each than this are written apart. */
  private static final int SPARSE_MAX = 8;

  /** An hour's chunk of less than this many minutes is not worth it. */
  private static final int SPREAD_MIN = 3;

  /** Whoever reads a minute reads its hour's chunks too, so there may be no more than these. */
  private static final int HOUR_CHUNKS_MAX = 32;

  private static final int HOURS_KNOWN_MAX = 10_000;

  private record Hour(Table table, String workspaceId, long start) {}

  private final RowWriter writer = new RowWriter();
  private final Map<Hour, Integer> hourChunks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hour, Integer> eldest) {
          return size() > HOURS_KNOWN_MAX;
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
  public void writeMail(
      String workspaceId, List<Change> changes, LongSupplier sequence, Consumer<Row> into) {
    write(Table.MAIL, workspaceId, changes, sequence, into);
  }

  private void write(
      Table table,
      String workspaceId,
      List<Change> changes,
      LongSupplier sequence,
      Consumer<Row> into) {
    int from = 0;
    while (from < changes.size()) {
      int hourEnd = end(Span.HOUR, changes, from, changes.size());
      Span span = span(table, workspaceId, changes, from, hourEnd);
      while (from < hourEnd) {
        int to = fitting(changes, from, end(span, changes, from, hourEnd));
        byte[] key =
            Chunk.key(table, workspaceId, span, at(changes, to - 1))
                .int64(sequence.getAsLong())
                .bytes();
        into.accept(new Row(key, Chunk.encode(writer, span, changes, from, to)));
        from = to;
      }
    }
  }

  /** How to write changes[from, to), all of one hour. */
  private Span span(Table table, String workspaceId, List<Change> changes, int from, int to) {
    int minutes = 0;
    for (int i = from; i < to; i = end(Span.MINUTE, changes, i, to)) {
      minutes++;
    }
    if (minutes < SPREAD_MIN || to - from > minutes * SPARSE_MAX) {
      return Span.MINUTE;
    }
    Hour hour = new Hour(table, workspaceId, Span.HOUR.start(at(changes, from)));
    return hourChunks.merge(hour, 1, Integer::sum) > HOUR_CHUNKS_MAX ? Span.MINUTE : Span.HOUR;
  }

  /** Where the span ends that changes[from] is in; the limit at most. */
  private static int end(Span span, List<Change> changes, int from, int limit) {
    long end = span.end(at(changes, from));
    int to = from;
    while (to < limit && at(changes, to) < end) {
      to++;
    }
    return to;
  }

  /** Up to where changes[from, to) fit one chunk; a posting at least. */
  private static int fitting(List<Change> changes, int from, int to) {
    int limit = Math.min(to, from + Chunk.POSTINGS_MAX);
    int characters = 0;
    for (int i = from; i < limit; i++) {
      characters += Chunk.charactersOf(changes.get(i).posting());
      if (characters > Chunk.CHARACTERS_MAX && i > from) {
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
