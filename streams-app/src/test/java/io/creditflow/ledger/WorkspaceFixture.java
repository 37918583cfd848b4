package io.creditflow.ledger;

import io.creditflow.grant.Grant;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.LedgerWriter.PostingChange;
import io.creditflow.ledger.Posting.Kind;
import io.creditflow.ledger.Posting.Status;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.state.WritableRowStore;
import io.creditflow.usage.WorkspaceUsage;
import java.util.ArrayList;
import java.util.List;

/** Writes one workspace's grants and leads as the engine does. */
public final class WorkspaceFixture {
  private final WritableRowStore state;
  private final String workspaceId;
  private final LedgerWriter writer = new LedgerWriter();
  private long sequence;

  public WorkspaceFixture(WritableRowStore state, String workspaceId) {
    this.state = state;
    this.workspaceId = workspaceId;
  }

  /** A grant, before any usage. */
  public void grant(Grant grant) {
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    for (long boundary : List.of(grant.effectiveAt(), grant.expiresAt())) {
      if (boundary != Grant.NEVER && !usage.segments().isBoundary(boundary)) {
        usage.segments().cut(boundary, 0);
      }
    }
    byte[] key = RowKey.of(Table.GRANT, workspaceId).text(grant.grantId()).bytes();
    state.write(
        List.of(new Row(key, GrantRow.NOTHING.granted(grant).encode(new RowWriter())), row(usage)));
  }

  private Row row(WorkspaceUsage usage) {
    return new Row(
        WorkspaceUsage.key(workspaceId).bytes(), usage.changed(1).encode(new RowWriter()));
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
    writer.write(
        workspaceId, List.of(new PostingChange(posting, credits)), () -> ++sequence, rows::add);
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    usage.add(at, credits);
    rows.add(row(usage));
    state.write(rows);
  }
}
