package io.creditflow.audit;

import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerIterator;
import io.creditflow.ledger.LedgerPosition;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore.Row;
import java.time.Instant;
import java.util.List;

/** Rows of one workspace's ledger, so that one can see what each is good for. */
final class LedgerRows {
  private static final LedgerPosition END =
      LedgerPosition.after(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());

  private final String workspaceId;
  private final InMemoryRowStore rows = new InMemoryRowStore();

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
    try (LedgerIterator iterator = Ledger.of(rows, workspaceId).descend(END, 0)) {
      while (iterator.hasNext()) {
        iterator.next();
        postings++;
      }
    }
    return postings;
  }
}
