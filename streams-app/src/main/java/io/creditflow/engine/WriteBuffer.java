package io.creditflow.engine;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.EventValidator;
import io.creditflow.event.SourceRecord;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.util.HashMap;
import java.util.Map;

/**
 * The changes of a partition since the last flush, in memory. Reads return these changes where
 * there are any, else the stored rows. Not thread-safe.
 */
final class WriteBuffer {
  /**
   * The sequence of a chunk is the number of its flush, then this many bits for its index in it.
   */
  private static final int CHUNK_BITS = 24;

  private static final long CHECKPOINT_AGE_MILLIS_MAX = 500;

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

  WriteBuffer(RowStore state, EventValidator.Limits limits) {
    this.state = state;
    FlushCheckpoint.requireReadable(state);
    FlushCheckpoint checkpoint = FlushCheckpoint.read(state);
    // An incomplete flush may have written chunks with its number.
    flush = Math.max(checkpoint.sequence(), FlushCheckpoint.begun(state));
    positions = new HashMap<>(checkpoint.positions());
    counters = checkpoint.counters();
    retention = new DedupRetention(checkpoint, limits);
    asOf = checkpoint.asOf();
    asOfWritten = asOf;
  }

  /** Counts a record and moves its topic's position behind it. */
  void received(SourceRecord origin) {
    received++;
    bytes += origin.value() == null ? 0 : origin.value().length;
    counters.of(origin.topic()).countReceived();
    long withoutRecord = position(origin.topic()).withoutRecord();
    positions.put(
        origin.topic(),
        new SourcePosition(origin.offset() + 1, origin.appendedAt(), withoutRecord));
  }

  void skippedTo(String topic, long offset) {
    positions.put(topic, position(topic).skipTo(offset));
  }

  private SourcePosition position(String topic) {
    return positions.getOrDefault(topic, SourcePosition.START);
  }

  /** The changes of the workspace; created if there are none. */
  WorkspaceBuffer of(String workspaceId) {
    return workspaces.computeIfAbsent(workspaceId, id -> new WorkspaceBuffer());
  }

  /** The changes of the workspace; null if there are none. */
  WorkspaceBuffer ifChanged(String workspaceId) {
    return workspaces.get(workspaceId);
  }

  GrantRow grant(String workspaceId, String grantId) {
    GrantRow changed = of(workspaceId).grants.get(grantId);
    return changed == null
        ? GrantRow.decode(state.get(RowKey.of(Table.GRANT, workspaceId).text(grantId).bytes()))
        : changed;
  }

  /** The reversal that applies to the event; null if the event is not reversed. */
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

  /** The number of records received since the last flush. */
  int size() {
    return received;
  }

  /** The size of the values of the records received since the last flush, in bytes. */
  long bytes() {
    return bytes;
  }

  boolean isDirty() {
    return received > 0 || !workspaces.isEmpty();
  }

  DedupRetention retention() {
    return retention;
  }

  /** The append time before which every record was received, milliseconds since 1970. */
  long asOf() {
    return asOf;
  }

  /**
   * Advances asOf: every record appended before this time has been received. A time before the
   * current asOf has no effect.
   *
   * @param instant milliseconds since 1970
   */
  void advanceAsOf(long instant) {
    asOf = Math.max(asOf, instant);
  }

  /** Sets asOf to an earlier time. */
  void setBackAsOf(long instant) {
    asOf = instant;
  }

  /**
   * Whether asOf differs by half a second or more from the asOf of the last flush, which readers
   * get.
   */
  boolean isCheckpointOld() {
    return Math.abs(asOf - asOfWritten) >= CHECKPOINT_AGE_MILLIS_MAX;
  }

  /** The number of the last flush, or of the current one while it is written. */
  long lastFlush() {
    return flush;
  }

  /** Begins a flush and returns its number. */
  long nextFlush() {
    chunk = 0;
    return ++flush;
  }

  /** The sequence of the next ledger chunk. It increases, also across flushes and restarts. */
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

  /** Removes the changes, because they are written. */
  void clear() {
    workspaces.clear();
    received = 0;
    bytes = 0;
    asOfWritten = asOf;
  }
}
