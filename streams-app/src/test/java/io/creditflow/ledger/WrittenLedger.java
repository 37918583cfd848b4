package io.creditflow.ledger;

import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Posting.Kind;
import io.creditflow.ledger.Posting.Standing;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State.Row;
import io.creditflow.state.WritableState;
import io.creditflow.usage.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes one workspace's leads as the engine does: their ledger and the tally of it. */
public final class WrittenLedger {
  private final WritableState state;
  private final String workspaceId;
  private final LedgerWriter writer = new LedgerWriter();
  private long sequence;

  public WrittenLedger(WritableState state, String workspaceId) {
    this.state = state;
    this.workspaceId = workspaceId;
  }

  /** A lead of campaign {@code c}. */
  public void lead(String eventId, long at, long credits) {
    Posting posting =
        new Posting(
            at,
            Kind.LEAD_SOURCED,
            eventId,
            0,
            "c",
            "lead of " + eventId,
            credits,
            1,
            Standing.STANDS,
            null,
            null);
    List<Row> rows = new ArrayList<>();
    writer.write(workspaceId, List.of(new Change(posting, credits)), () -> ++sequence, rows::add);
    int quarter = Tally.quarter(at);
    rows.add(
        new Tally(state, workspaceId)
            .added(Tally.day(quarter), Map.of(quarter, credits), new RowWriter()));
    state.write(rows);
  }
}
