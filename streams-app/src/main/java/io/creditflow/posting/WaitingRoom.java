package io.creditflow.posting;

import io.creditflow.event.AcceptanceRules;
import io.creditflow.event.Origin;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.once.OnceIndex;
import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
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
 * Reversals that arrived before their event. Each may be as large as a record, so they stay in
 * their rows, by deadline and by target; memory holds what is not yet written, and hashes of the
 * targets, so that an event that nobody waits for costs no read.
 */
final class WaitingRoom {
  /** Rows given up at one call, in bytes, so that no number of them fills the memory. */
  private static final long EXPIRED_BYTES_MAX = 8L << 20;

  private final State state;
  private final long waitMillis;
  private final RowWriter writer = new RowWriter();

  /** By hash of the target, how many wait for it. */
  private final Map<Long, Integer> targets = new HashMap<>();

  /** Not yet written, by the keys of their rows. */
  private final Map<ByteBuffer, WaitingReversal> entered = new LinkedHashMap<>();

  /** Written, and to be deleted, by the keys of their rows. */
  private final Map<ByteBuffer, WaitingReversal> left = new LinkedHashMap<>();

  /** No later than the earliest there is. */
  private long nextDeadline = Long.MAX_VALUE;

  WaitingRoom(State state, AcceptanceRules rules) {
    this.state = state;
    waitMillis = rules.reversalWait().toMillis();
  }

  void load() {
    try (State.Rows rows = state.within(Key.of(Table.WAITING_FOR).bytes())) {
      rows.forEachRemaining(
          row -> {
            Key.Parts key = Key.parts(row.key());
            await(OnceIndex.hash(key.text(), key.text()), key.int64());
          });
    }
  }

  private void await(long target, long deadline) {
    targets.merge(target, 1, Integer::sum);
    nextDeadline = Math.min(nextDeadline, deadline);
  }

  /** Until when a reversal of the given arrival waits. */
  long deadline(Origin origin) {
    return origin.appendedAt() + waitMillis;
  }

  void enter(String workspaceId, String targetId, ReversalRow reversal, Origin origin) {
    WaitingReversal waiting =
        new WaitingReversal(deadline(origin), workspaceId, targetId, reversal, origin);
    entered.put(ByteBuffer.wrap(waiting.key()), waiting);
    await(OnceIndex.hash(workspaceId, targetId), waiting.deadline());
  }

  /** Whether any may wait for the event; mostly none does. */
  boolean isAwaited(String workspaceId, String eventId) {
    return !targets.isEmpty() && targets.containsKey(OnceIndex.hash(workspaceId, eventId));
  }

  /** Visits those that waited for the event; they wait no longer. */
  void leave(String workspaceId, String eventId, Consumer<WaitingReversal> visitor) {
    try (State.Rows rows = state.within(WaitingReversal.target(workspaceId, eventId).bytes())) {
      while (rows.hasNext()) {
        byte[] key = WaitingReversal.keyOf(rows.next());
        if (!left.containsKey(ByteBuffer.wrap(key))) {
          WaitingReversal reversal = WaitingReversal.decode(state.get(key));
          leave(key, reversal);
          visitor.accept(reversal);
        }
      }
    }
    Iterator<WaitingReversal> unwritten = entered.values().iterator();
    while (unwritten.hasNext()) {
      WaitingReversal reversal = unwritten.next();
      if (reversal.workspaceId().equals(workspaceId) && reversal.targetId().equals(eventId)) {
        unwritten.remove();
        awaitNoLonger(reversal);
        visitor.accept(reversal);
      }
    }
  }

  private void leave(byte[] key, WaitingReversal reversal) {
    left.put(ByteBuffer.wrap(key), reversal.withoutBytes());
    awaitNoLonger(reversal);
  }

  private void awaitNoLonger(WaitingReversal reversal) {
    targets.computeIfPresent(
        OnceIndex.hash(reversal.workspaceId(), reversal.targetId()),
        (hash, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Those whose deadline is not after the instant, as many as memory holds well; they wait no
   * longer.
   */
  List<WaitingReversal> expire(long asOf) {
    if (nextDeadline > asOf) {
      return List.of();
    }
    List<WaitingReversal> expired = new ArrayList<>();
    nextDeadline = expireWritten(asOf, expired);
    Iterator<WaitingReversal> unwritten = entered.values().iterator();
    while (unwritten.hasNext()) {
      WaitingReversal reversal = unwritten.next();
      if (reversal.deadline() <= asOf) {
        unwritten.remove();
        awaitNoLonger(reversal);
        expired.add(reversal);
      } else {
        nextDeadline = Math.min(nextDeadline, reversal.deadline());
      }
    }
    return expired;
  }

  /** Answers the deadline of the first that stays. */
  private long expireWritten(long asOf, List<WaitingReversal> expired) {
    long bytes = 0;
    try (State.Rows rows = state.within(Key.of(Table.WAITING).bytes())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (left.containsKey(ByteBuffer.wrap(row.key()))) {
          continue;
        }
        long deadline = Key.parts(row.key()).int64();
        if (deadline > asOf || bytes >= EXPIRED_BYTES_MAX) {
          return deadline;
        }
        WaitingReversal reversal = WaitingReversal.decode(row.value());
        leave(row.key(), reversal);
        expired.add(reversal);
        bytes += row.value().length;
      }
    }
    return Long.MAX_VALUE;
  }

  boolean isDirty() {
    return !entered.isEmpty() || !left.isEmpty();
  }

  /** Hands over the rows that changed since the last flush. */
  void write(Consumer<Row> into) {
    left.forEach(
        (key, reversal) -> {
          into.accept(new Row(reversal.key(), null));
          into.accept(new Row(reversal.targetKey(), null));
        });
    entered.forEach(
        (key, reversal) -> {
          into.accept(new Row(reversal.key(), reversal.encode(writer)));
          into.accept(new Row(reversal.targetKey(), new byte[0]));
        });
    left.clear();
    entered.clear();
  }
}
