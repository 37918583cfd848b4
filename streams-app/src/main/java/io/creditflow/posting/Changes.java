package io.creditflow.posting;

import io.creditflow.event.AcceptanceRules;
import io.creditflow.event.Origin;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.HashMap;
import java.util.Map;

/** All that changed in a partition since the last flush, laid over what is stored. */
final class Changes {
  private static final int CHUNK_BITS = 24;
  private static final long MARK_AGE_MILLIS_MAX = 500;

  private final State state;
  private final Map<String, WorkspaceChanges> workspaces = new HashMap<>();
  private final Map<String, Reached> positions;
  private final Counters counters;
  private long flush;
  private int chunk;
  private final Forgetting forgetting;
  private long asOf;
  private long asOfWritten;
  private int received;
  private long bytes;

  Changes(State state, AcceptanceRules rules) {
    this.state = state;
    FlushMark.requireReadable(state);
    FlushMark mark = FlushMark.read(state);
    // A flush that began but did not finish may have used numbers of its own.
    flush = Math.max(mark.sequence(), FlushMark.opened(state));
    positions = new HashMap<>(mark.positions());
    counters = mark.counters();
    forgetting = new Forgetting(mark, rules);
    asOf = mark.asOf();
    asOfWritten = asOf;
  }

  void received(Origin origin) {
    received++;
    bytes += origin.value() == null ? 0 : origin.value().length;
    counters.of(origin.topic()).arrived();
    long withoutRecord = reached(origin.topic()).withoutRecord();
    positions.put(
        origin.topic(), new Reached(origin.offset() + 1, origin.appendedAt(), withoutRecord));
  }

  void reachedWithoutRecord(String topic, long offset) {
    positions.put(topic, reached(topic).to(offset));
  }

  private Reached reached(String topic) {
    return positions.getOrDefault(topic, Reached.NOTHING);
  }

  WorkspaceChanges of(String workspaceId) {
    return workspaces.computeIfAbsent(workspaceId, id -> new WorkspaceChanges());
  }

  /** What changed for the workspace, or null if nothing did. */
  WorkspaceChanges ifChanged(String workspaceId) {
    return workspaces.get(workspaceId);
  }

  GrantRow grant(String workspaceId, String grantId) {
    GrantRow changed = of(workspaceId).grants.get(grantId);
    return changed == null
        ? GrantRow.decode(state.get(Key.of(Table.GRANT, workspaceId).text(grantId).bytes()))
        : changed;
  }

  /** The reversal that counts for the event, or null if it stands. */
  ReversalRow reversal(String workspaceId, String eventId) {
    ReversalRow changed = of(workspaceId).reversals.get(eventId);
    return changed == null ? ReversalRow.read(state, workspaceId, eventId) : changed;
  }

  Map<String, WorkspaceChanges> workspaces() {
    return workspaces;
  }

  Map<String, Reached> positions() {
    return positions;
  }

  Counters counters() {
    return counters;
  }

  /** Records received since the last flush. */
  int size() {
    return received;
  }

  /** Bytes of their values. */
  long bytes() {
    return bytes;
  }

  boolean isDirty() {
    return received > 0 || !workspaces.isEmpty();
  }

  Forgetting forgetting() {
    return forgetting;
  }

  /** What {@link #advancedTo} was told last. */
  long asOf() {
    return asOf;
  }

  /**
   * Every record appended before this instant has been received; what is earlier than an instant
   * told before says nothing new.
   */
  void advancedTo(long instant) {
    asOf = Math.max(asOf, instant);
  }

  void steppedBackTo(long instant) {
    asOf = instant;
  }

  /**
   * Whether readers are told an instant that has grown old, or that clocks have stepped back from.
   */
  boolean isMarkOld() {
    return Math.abs(asOf - asOfWritten) >= MARK_AGE_MILLIS_MAX;
  }

  long flushes() {
    return flush;
  }

  long nextFlush() {
    chunk = 0;
    return ++flush;
  }

  /** Numbers chunks upwards, within a flush and from flush to flush, over restarts too. */
  long nextChunk() {
    return (flush << CHUNK_BITS) + chunk++;
  }

  FlushMark mark() {
    return new FlushMark(
        flush,
        positions,
        counters,
        forgetting.forgottenTo(),
        asOf,
        forgetting.ageLimit(),
        forgetting.lateUntil());
  }

  void written() {
    workspaces.clear();
    received = 0;
    bytes = 0;
    asOfWritten = asOf;
  }
}
