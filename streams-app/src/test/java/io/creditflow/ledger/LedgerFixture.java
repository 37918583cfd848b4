package io.creditflow.ledger;

import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Posting.Kind;
import io.creditflow.ledger.Posting.Status;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.WritableRowStore;
import io.creditflow.usage.WorkspaceQuarterHours;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes one workspace's leads as the engine does: their ledger and its quarter-hours. */
public final class LedgerFixture {
  private final WritableRowStore state;
  private final String workspaceId;
  private final LedgerWriter writer = new LedgerWriter();
  private long sequence;

  public LedgerFixture(WritableRowStore state, String workspaceId) {
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
            Status.ACTIVE,
            null,
            null);
    List<Row> rows = new ArrayList<>();
    writer.write(workspaceId, List.of(new Change(posting, credits)), () -> ++sequence, rows::add);
    int quarter = WorkspaceQuarterHours.quarter(at);
    rows.add(
        new WorkspaceQuarterHours(state, workspaceId)
            .added(WorkspaceQuarterHours.day(quarter), Map.of(quarter, credits), new RowWriter()));
    state.write(rows);
  }
}
