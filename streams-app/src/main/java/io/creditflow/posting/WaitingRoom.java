package io.creditflow.posting;

import io.creditflow.event.AcceptanceRules;
import io.creditflow.event.Origin;
import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reversals that arrived before their event, in the order in which they will be given up. */
final class WaitingRoom {
  private record Target(String workspaceId, String eventId) {}

  private final State state;
  private final long waitMillis;
  private final Map<Target, List<WaitingReversal>> byTarget = new HashMap<>();
  private final TreeMap<Long, List<WaitingReversal>> byDeadline = new TreeMap<>();
  private final List<State.Row> changed = new ArrayList<>();
  private final RowWriter writer = new RowWriter();

  WaitingRoom(State state, AcceptanceRules rules) {
    this.state = state;
    waitMillis = rules.reversalWait().toMillis();
  }

  void load() {
    try (State.Rows rows = state.within(Key.of(Table.WAITING).bytes())) {
      rows.forEachRemaining(row -> seat(WaitingReversal.decode(row)));
    }
  }

  private void seat(WaitingReversal reversal) {
    byTarget
        .computeIfAbsent(
            new Target(reversal.workspaceId(), reversal.targetId()), t -> new ArrayList<>())
        .add(reversal);
    byDeadline.computeIfAbsent(reversal.deadline(), d -> new ArrayList<>()).add(reversal);
  }

  void enter(String workspaceId, String targetId, ReversalRow reversal, Origin origin) {
    WaitingReversal waiting =
        new WaitingReversal(
            origin.appendedAt() + waitMillis, workspaceId, targetId, reversal, origin);
    seat(waiting);
    changed.add(new State.Row(waiting.key(), waiting.encode(writer)));
  }

  /** Those that waited for the event; they wait no longer. */
  List<WaitingReversal> leave(String workspaceId, String eventId) {
    if (byTarget.isEmpty()) {
      return List.of();
    }
    List<WaitingReversal> leaving = byTarget.remove(new Target(workspaceId, eventId));
    if (leaving == null) {
      return List.of();
    }
    for (WaitingReversal reversal : leaving) {
      List<WaitingReversal> same = byDeadline.get(reversal.deadline());
      same.remove(reversal);
      if (same.isEmpty()) {
        byDeadline.remove(reversal.deadline());
      }
      changed.add(new State.Row(reversal.key(), null));
    }
    return leaving;
  }

  /** Those whose deadline is not after the instant; they wait no longer. */
  List<WaitingReversal> expire(long asOf) {
    List<WaitingReversal> expired = new ArrayList<>();
    while (!byDeadline.isEmpty() && byDeadline.firstKey() <= asOf) {
      for (WaitingReversal reversal : byDeadline.pollFirstEntry().getValue()) {
        Target target = new Target(reversal.workspaceId(), reversal.targetId());
        List<WaitingReversal> same = byTarget.get(target);
        same.remove(reversal);
        if (same.isEmpty()) {
          byTarget.remove(target);
        }
        changed.add(new State.Row(reversal.key(), null));
        expired.add(reversal);
      }
    }
    return expired;
  }

  boolean isDirty() {
    return !changed.isEmpty();
  }

  /** Hands over the rows that changed since the last flush. */
  void write(Consumer<State.Row> into) {
    changed.forEach(into);
    changed.clear();
  }
}
