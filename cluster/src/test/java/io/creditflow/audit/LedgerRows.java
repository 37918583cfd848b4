package io.creditflow.audit;

import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.Position;
import io.creditflow.ledger.Walk;
import io.creditflow.state.MemoryState;
import io.creditflow.state.State.Row;
import java.time.Instant;
import java.util.List;

/** Rows of one workspace's ledger, so that one can see what each is good for. */
final class LedgerRows {
  private static final Position END =
      Position.after(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());

  private final String workspaceId;
  private final MemoryState rows = new MemoryState();

  LedgerRows(String workspaceId) {
    this.workspaceId = workspaceId;
  }

  void put(byte[] key, byte[] value) {
    rows.write(List.of(new Row(key, value)));
  }

  /** Whether the ledger would lack a posting without this row: it may have been replaced since. */
  boolean holds(byte[] key) {
    int with = postings();
    byte[] value = rows.get(key);
    put(key, null);
    int without = postings();
    put(key, value);
    return without < with;
  }

  private int postings() {
    int postings = 0;
    try (Walk walk = Ledger.of(rows, workspaceId).descend(END, 0)) {
      while (walk.hasNext()) {
        walk.next();
        postings++;
      }
    }
    return postings;
  }
}
