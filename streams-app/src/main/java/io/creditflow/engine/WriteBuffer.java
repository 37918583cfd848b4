package io.creditflow.engine;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.AcceptanceLimits;
import io.creditflow.event.SourceRecord;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.util.HashMap;
import java.util.Map;

/** All that changed in a partition since the last flush, laid over what is stored. */
final class WriteBuffer {
  private static final int CHUNK_BITS = 24;
  private static final long MARK_AGE_MILLIS_MAX = 500;

  private final RowStore state;
  private final Map<String, WorkspaceBuffer> workspaces = new HashMap<>();
  private final Map<String, SourcePosition> positions;
  private final RecordCounters counters;
  private long flush;
  private int chunk;
  private final DedupRetention retention;
  private long asOf;
  private long asOfWritten;
  private int received;
  private long bytes;

  WriteBuffer(RowStore state, AcceptanceLimits rules) {
    this.state = state;
    FlushCheckpoint.requireReadable(state);
    FlushCheckpoint checkpoint = FlushCheckpoint.read(state);
    // A flush that began but did not finish may have used numbers of its own.
    flush = Math.max(checkpoint.sequence(), FlushCheckpoint.begun(state));
    positions = new HashMap<>(checkpoint.positions());
    counters = checkpoint.counters();
    retention = new DedupRetention(checkpoint, rules);
    asOf = checkpoint.asOf();
    asOfWritten = asOf;
  }

  void received(SourceRecord origin) {
    received++;
    bytes += origin.value() == null ? 0 : origin.value().length;
    counters.of(origin.topic()).arrived();
    long withoutRecord = position(origin.topic()).withoutRecord();
    positions.put(
        origin.topic(),
        new SourcePosition(origin.offset() + 1, origin.appendedAt(), withoutRecord));
  }

  void skippedTo(String topic, long offset) {
    positions.put(topic, position(topic).to(offset));
  }

  private SourcePosition position(String topic) {
    return positions.getOrDefault(topic, SourcePosition.NOTHING);
  }

  WorkspaceBuffer of(String workspaceId) {
    return workspaces.computeIfAbsent(workspaceId, id -> new WorkspaceBuffer());
  }

  /** What changed for the workspace, or null if nothing did. */
  WorkspaceBuffer ifChanged(String workspaceId) {
    return workspaces.get(workspaceId);
  }

  GrantRow grant(String workspaceId, String grantId) {
    GrantRow changed = of(workspaceId).grants.get(grantId);
    return changed == null
        ? GrantRow.decode(state.get(RowKey.of(Table.GRANT, workspaceId).text(grantId).bytes()))
        : changed;
  }

  /** The reversal that counts for the event, or null if it stands. */
  ReversalRow reversal(String workspaceId, String eventId) {
    ReversalRow changed = of(workspaceId).reversals.get(eventId);
    return changed == null ? ReversalRow.read(state, workspaceId, eventId) : changed;
  }

  Map<String, WorkspaceBuffer> workspaces() {
    return workspaces;
  }

  Map<String, SourcePosition> positions() {
    return positions;
  }

  RecordCounters counters() {
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

  DedupRetention retention() {
    return retention;
  }

  /** What {@link #advancedTo} was given last. */
  long asOf() {
    return asOf;
  }

  /**
   * Every record appended before this instant has been received; what is earlier than an instant
   * given before says nothing new.
   */
  void advancedTo(long instant) {
    asOf = Math.max(asOf, instant);
  }

  void steppedBackTo(long instant) {
    asOf = instant;
  }

  /** Whether the asOf that readers get has grown old, or that clocks have stepped back from. */
  boolean isCheckpointOld() {
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

  FlushCheckpoint checkpoint() {
    return new FlushCheckpoint(
        flush,
        positions,
        counters,
        retention.forgottenBefore(),
        asOf,
        retention.ageLimit(),
        retention.lateUntil());
  }

  void written() {
    workspaces.clear();
    received = 0;
    bytes = 0;
    asOfWritten = asOf;
  }
}
