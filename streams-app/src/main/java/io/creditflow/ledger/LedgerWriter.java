package io.creditflow.ledger;

import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Turns the postings of one flush into chunks. */
public final class LedgerWriter {
  private final RowWriter writer = new RowWriter();

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
    List<Posting> postings = changes.stream().map(Change::posting).toList();
    int from = 0;
    while (from < changes.size()) {
      long minute = Chunk.spanStart(postings.get(from).at());
      int to = from;
      long usedChange = 0;
      while (to < changes.size()
          && to - from < Chunk.POSTINGS_MAX
          && postings.get(to).at() < minute + Chunk.SPAN_MILLIS) {
        usedChange += changes.get(to++).usedChange();
      }
      byte[] key =
          Key.of(table, workspaceId)
              .int64(postings.get(to - 1).at())
              .int64(sequence.getAsLong())
              .bytes();
      into.accept(new Row(key, Chunk.encode(writer, postings, from, to, usedChange)));
      from = to;
    }
  }

  /**
   * A posting to write.
   *
   * @param usedChange by how much it changes the credits used, against what stood in its place
   */
  public record Change(Posting posting, long usedChange) {}
}
