package io.creditflow.engine;

import io.creditflow.dedup.DedupIndex;
import io.creditflow.event.EventValidator;
import io.creditflow.event.SourceRecord;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The reversals that arrived before their usage events. A pending reversal holds its whole record,
 * so reversals are stored in rows, which are found by deadline or by target event. Memory holds the
 * changes since the last flush and the hashes of the target events, so an event without a pending
 * reversal needs no read. Not thread-safe.
 */
final class PendingReversals {
  /** The size of expired rows, in bytes, after which {@link #expire} stops. Bounds memory. */
  private static final long EXPIRED_BYTES_MAX = 8L << 20;

  private final RowStore state;
  private final long waitMillis;
  private final RowWriter writer = new RowWriter();

  /** The number of reversals that wait, by hash of the target event. */
  private final Map<Long, Integer> targets = new HashMap<>();

  /** Reversals that are not written yet, by the keys of their rows. */
  private final Map<ByteBuffer, PendingReversal> added = new LinkedHashMap<>();

  /** Reversals whose rows the next flush deletes, by the keys of the rows. */
  private final Map<ByteBuffer, PendingReversal> removed = new LinkedHashMap<>();

  /** A lower bound of all deadlines, milliseconds since 1970. */
  private long nextDeadline = Long.MAX_VALUE;

  PendingReversals(RowStore state, EventValidator.Limits limits) {
    this.state = state;
    waitMillis = limits.reversalWait().toMillis();
  }

  /** Loads the hashes of the target events. */
  void load() {
    try (RowStore.RowIterator rows =
        state.within(RowKey.of(Table.PENDING_REVERSAL_TARGET).bytes())) {
      rows.forEachRemaining(
          row -> {
            RowKey.Parser key = RowKey.parts(row.key());
            addTarget(DedupIndex.hash(key.text(), key.text()), key.int64());
          });
    }
  }

  private void addTarget(long target, long deadline) {
    targets.merge(target, 1, Integer::sum);
    nextDeadline = Math.min(nextDeadline, deadline);
  }

  /** The deadline of a reversal, milliseconds since 1970. */
  long deadline(SourceRecord origin) {
    return origin.appendedAt() + waitMillis;
  }

  void add(String workspaceId, String targetId, ReversalRow reversal, SourceRecord origin) {
    PendingReversal waiting =
        new PendingReversal(deadline(origin), workspaceId, targetId, reversal, origin);
    added.put(ByteBuffer.wrap(waiting.key()), waiting);
    addTarget(DedupIndex.hash(workspaceId, targetId), waiting.deadline());
  }

  /** Whether a reversal may wait for the event. False for most events. */
  boolean isAwaited(String workspaceId, String eventId) {
    return !targets.isEmpty() && targets.containsKey(DedupIndex.hash(workspaceId, eventId));
  }

  /** Removes the reversals that wait for the event, and passes each to the visitor. */
  void release(String workspaceId, String eventId, Consumer<PendingReversal> visitor) {
    try (RowStore.RowIterator rows =
        state.within(PendingReversal.target(workspaceId, eventId).bytes())) {
      while (rows.hasNext()) {
        byte[] key = PendingReversal.keyOf(rows.next());
        if (!removed.containsKey(ByteBuffer.wrap(key))) {
          PendingReversal reversal = PendingReversal.decode(state.get(key));
          markRemoved(key, reversal);
          visitor.accept(reversal);
        }
      }
    }
    Iterator<PendingReversal> unwritten = added.values().iterator();
    while (unwritten.hasNext()) {
      PendingReversal reversal = unwritten.next();
      if (reversal.workspaceId().equals(workspaceId) && reversal.targetId().equals(eventId)) {
        unwritten.remove();
        removeTarget(reversal);
        visitor.accept(reversal);
      }
    }
  }

  private void markRemoved(byte[] key, PendingReversal reversal) {
    removed.put(ByteBuffer.wrap(key), reversal.withKeysOnly());
    removeTarget(reversal);
  }

  private void removeTarget(PendingReversal reversal) {
    targets.computeIfPresent(
        DedupIndex.hash(reversal.workspaceId(), reversal.targetId()),
        (hash, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Removes and returns reversals whose deadline is at or before the given time. A call returns
   * only part of them if their rows are larger than {@link #EXPIRED_BYTES_MAX}.
   *
   * @param asOf milliseconds since 1970
   */
  List<PendingReversal> expire(long asOf) {
    if (nextDeadline > asOf) {
      return List.of();
    }
    List<PendingReversal> expired = new ArrayList<>();
    nextDeadline = expireWritten(asOf, expired);
    Iterator<PendingReversal> unwritten = added.values().iterator();
    while (unwritten.hasNext()) {
      PendingReversal reversal = unwritten.next();
      if (reversal.deadline() <= asOf) {
        unwritten.remove();
        removeTarget(reversal);
        expired.add(reversal);
      } else {
        nextDeadline = Math.min(nextDeadline, reversal.deadline());
      }
    }
    return expired;
  }

  /**
   * Expires written reversals.
   *
   * @return the deadline of the first reversal that stays
   */
  private long expireWritten(long asOf, List<PendingReversal> expired) {
    long bytes = 0;
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.PENDING_REVERSAL).bytes())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (removed.containsKey(ByteBuffer.wrap(row.key()))) {
          continue;
        }
        long deadline = RowKey.parts(row.key()).int64();
        if (deadline > asOf || bytes >= EXPIRED_BYTES_MAX) {
          return deadline;
        }
        PendingReversal reversal = PendingReversal.decode(row.value());
        markRemoved(row.key(), reversal);
        expired.add(reversal);
        bytes += row.value().length;
      }
    }
    return Long.MAX_VALUE;
  }

  boolean isDirty() {
    return !added.isEmpty() || !removed.isEmpty();
  }

  /** Passes the rows that have changed since the last flush to the consumer. */
  void write(Consumer<Row> into) {
    removed.forEach(
        (key, reversal) -> {
          into.accept(new Row(reversal.key(), null));
          into.accept(new Row(reversal.targetKey(), null));
        });
    added.forEach(
        (key, reversal) -> {
          into.accept(new Row(reversal.key(), reversal.encode(writer)));
          into.accept(new Row(reversal.targetKey(), new byte[0]));
        });
    removed.clear();
    added.clear();
  }
}
