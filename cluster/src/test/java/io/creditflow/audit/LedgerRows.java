package io.creditflow.audit;

import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.Position;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.Walk;
import io.creditflow.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of one workspace's ledger, so that one can see what each is good for. */
final class LedgerRows implements State {
  private static final Position END =
      Position.after(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());

  private final String workspaceId;
  private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

  LedgerRows(String workspaceId) {
    this.workspaceId = workspaceId;
  }

  void put(byte[] key, byte[] value) {
    rows.put(key, value);
  }

  /** Whether the ledger would lack a posting without this row: it may have been replaced since. */
  boolean holds(byte[] key) {
    List<Posting> with = postings();
    byte[] value = rows.remove(key);
    List<Posting> without = postings();
    rows.put(key, value);
    return without.size() < with.size();
  }

  private List<Posting> postings() {
    List<Posting> postings = new ArrayList<>();
    try (Walk walk = Ledger.of(this, workspaceId).descend(END, 0)) {
      walk.forEachRemaining(postings::add);
    }
    return postings;
  }

  @Override
  public byte[] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Rows ascend(byte[] from, byte[] to) {
    return walk(rows.subMap(from, to));
  }

  @Override
  public Rows descend(byte[] from, byte[] to) {
    return walk(rows.subMap(from, true, to, false).descendingMap());
  }

  private static Rows walk(Map<byte[], byte[]> part) {
    Iterator<Map.Entry<byte[], byte[]>> entries = List.copyOf(part.entrySet()).iterator();
    return new Rows() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Row next() {
        Map.Entry<byte[], byte[]> entry = entries.next();
        return new Row(entry.getKey(), entry.getValue());
      }

      @Override
      public void close() {
        // nothing is held open
      }
    };
  }
}
