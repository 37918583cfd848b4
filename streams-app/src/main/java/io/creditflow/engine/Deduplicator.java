package io.creditflow.engine;

import io.creditflow.dedup.DedupIndex;
import io.creditflow.dedup.ProcessedIdRow;
import io.creditflow.event.Event;
import io.creditflow.event.EventKind;
import io.creditflow.event.Rejection;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.Optional;

/** Looks up event ids: whether an id has been processed, and for which event. Not thread-safe. */
final class Deduplicator {
  /**
   * An event that was processed before.
   *
   * @param occurredAt milliseconds since 1970
   */
  record KnownEvent(EventKind kind, long occurredAt) {
    @Override
    public String toString() {
      return "a %s of %s".formatted(kind, Instant.ofEpochMilli(occurredAt));
    }
  }

  /**
   * The result of looking up an event's id.
   *
   * @param isRepeat whether the event is an exact duplicate of one processed before
   * @param conflicting the different event that has the id; null if there is none
   */
  record IdLookup(boolean isRepeat, KnownEvent conflicting) {
    private static final IdLookup NEW = new IdLookup(false, null);
    private static final IdLookup REPEAT = new IdLookup(true, null);
  }

  /**
   * The event that a reversal reverses. If both components are null, the event has not arrived.
   *
   * @param usage the posting of the event; null if the event is unknown or is not usage
   * @param notUsage the event if it is not usage; else null
   */
  record ReversalTarget(Posting usage, KnownEvent notUsage) {
    private static final ReversalTarget UNKNOWN = new ReversalTarget(null, null);
  }

  private final RowStore state;
  private final WriteBuffer buffer;
  private DedupIndex index = new DedupIndex();

  Deduplicator(RowStore state, WriteBuffer buffer) {
    this.state = state;
    this.buffer = buffer;
  }

  DedupIndex index() {
    return index;
  }

  /**
   * Looks up the id of an event.
   *
   * @param hash the {@link DedupIndex#hash} of the id
   */
  IdLookup lookUp(long hash, Event event) {
    IdLookup[] found = {IdLookup.NEW};
    index.find(
        hash,
        meta -> {
          if (DedupIndex.fingerprint(meta) == event.fingerprint()) {
            found[0] = IdLookup.REPEAT;
          } else {
            knownEvent(event.workspaceId(), event.eventId(), meta)
                .ifPresent(known -> found[0] = new IdLookup(false, known));
          }
          return !found[0].equals(IdLookup.NEW);
        });
    return found[0];
  }

  /** The event of an index entry; empty if another id has the same hash. */
  private Optional<KnownEvent> knownEvent(String workspaceId, String eventId, long meta) {
    return switch (DedupIndex.kind(meta)) {
      case USAGE ->
          usage(workspaceId, eventId, DedupIndex.minute(meta)).map(Deduplicator::knownEvent);
      case EMAIL ->
          email(workspaceId, eventId, DedupIndex.minute(meta)).map(Deduplicator::knownEvent);
      case PERMANENT, REVERSAL -> find(workspaceId, eventId);
    };
  }

  private static KnownEvent knownEvent(Posting posting) {
    return new KnownEvent(EventKind.valueOf(posting.kind().name()), posting.at());
  }

  /**
   * Finds the event that a reversal reverses. If the id was forgotten and then used again, this is
   * the event that occurred last.
   */
  ReversalTarget target(String workspaceId, String eventId) {
    ReversalTarget[] target = {ReversalTarget.UNKNOWN};
    long[] latest = {Long.MIN_VALUE};
    index.find(
        DedupIndex.hash(workspaceId, eventId),
        meta -> {
          if (DedupIndex.kind(meta) == DedupIndex.Kind.USAGE) {
            usage(workspaceId, eventId, DedupIndex.minute(meta))
                .filter(usage -> usage.at() > latest[0])
                .ifPresent(
                    usage -> {
                      latest[0] = usage.at();
                      target[0] = new ReversalTarget(usage, null);
                    });
          } else {
            knownEvent(workspaceId, eventId, meta)
                .filter(other -> other.occurredAt() > latest[0])
                .ifPresent(
                    other -> {
                      latest[0] = other.occurredAt();
                      target[0] = new ReversalTarget(null, other);
                    });
          }
          return false;
        });
    return target[0];
  }

  private Optional<Posting> usage(String workspaceId, String eventId, long minute) {
    WorkspaceBuffer changed = buffer.ifChanged(workspaceId);
    Optional<Posting> pending = changed == null ? Optional.empty() : changed.find(eventId);
    return pending.isPresent() ? pending : Ledger.of(state, workspaceId).find(minute, eventId);
  }

  private Optional<Posting> email(String workspaceId, String eventId, long minute) {
    WorkspaceBuffer changed = buffer.ifChanged(workspaceId);
    Optional<Posting> pending = changed == null ? Optional.empty() : changed.findEmail(eventId);
    return pending.isPresent()
        ? pending
        : Ledger.ofEmails(state, workspaceId).find(minute, eventId);
  }

  /**
   * Finds a grant, campaign, workspace or reversal by its event id. Empty if there is none, or if
   * the id belongs to usage or an e-mail.
   */
  Optional<KnownEvent> find(String workspaceId, String eventId) {
    return processed(workspaceId, eventId)
        .filter(ProcessedIdRow::holdsItsId)
        .map(row -> new KnownEvent(row.kind(), row.occurredAt()));
  }

  private Optional<ProcessedIdRow> processed(String workspaceId, String eventId) {
    WorkspaceBuffer changed = buffer.ifChanged(workspaceId);
    ProcessedIdRow row = changed == null ? null : changed.processedIds.get(eventId);
    return Optional.ofNullable(
        row == null ? ProcessedIdRow.read(state, workspaceId, eventId) : row);
  }

  /** Updates the row of a pending reversal that is applied now. */
  void markApplied(PendingReversal pending) {
    writeRow(pending, null);
  }

  /** Updates the index and the row of a pending reversal that is rejected now. Frees its id. */
  void markRejected(PendingReversal pending, Rejection.Reason reason) {
    ReversalRow reversal = pending.reversal();
    index.remove(
        DedupIndex.hash(pending.workspaceId(), reversal.eventId()), reversal.fingerprint());
    writeRow(pending, reason);
  }

  /** Writes the row of a reversal's id, unless the row is that of a later event with the id. */
  private void writeRow(PendingReversal pending, Rejection.Reason rejectedFor) {
    String workspaceId = pending.workspaceId();
    ReversalRow reversal = pending.reversal();
    boolean isOwnRow =
        processed(workspaceId, reversal.eventId())
            .filter(row -> row.fingerprint() == reversal.fingerprint())
            .isPresent();
    if (isOwnRow) {
      buffer
          .of(workspaceId)
          .processedIds
          .put(
              reversal.eventId(),
              new ProcessedIdRow(
                  EventKind.REVERSED,
                  reversal.occurredAt(),
                  reversal.fingerprint(),
                  pending.targetId(),
                  0,
                  rejectedFor == null ? null : rejectedFor.name()));
    }
  }

  /** Adds the id of an accepted event to the index. */
  void remember(long hash, Event event) {
    index.put(hash, kind(event), event.fingerprint(), event.occurredAt());
  }

  private static DedupIndex.Kind kind(Event event) {
    if (event.body() instanceof LeadSourced || event.body() instanceof PhoneRevealed) {
      return DedupIndex.Kind.USAGE;
    }
    return event.body() instanceof EmailSent ? DedupIndex.Kind.EMAIL : kind(event.kind());
  }

  private static DedupIndex.Kind kind(EventKind kind) {
    return kind == EventKind.REVERSED ? DedupIndex.Kind.REVERSAL : DedupIndex.Kind.PERMANENT;
  }

  /**
   * Forgets the ids of events so old that a repeat would be rejected for its age. Does so only
   * after asOf has advanced by an hour.
   */
  void forget(long asOf) {
    DedupRetention retention = buffer.retention();
    if (retention.advance(asOf)) {
      index.forgetBefore(retention.forgottenBefore() / 60_000);
    }
  }

  /** Builds the index from the stored rows, without ids that are forgotten. */
  void load() {
    DedupIndex.Collector ids = new DedupIndex.Collector();
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.WORKSPACE).bytes())) {
      rows.forEachRemaining(row -> collect(RowKey.parts(row.key()).text(), ids));
    }
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.PROCESSED_ID).bytes())) {
      rows.forEachRemaining(
          row -> {
            RowKey.Parser key = RowKey.parts(row.key());
            ProcessedIdRow processed = ProcessedIdRow.decode(row.value());
            if (processed.holdsItsId() && !isForgotten(processed)) {
              ids.add(
                  DedupIndex.hash(key.text(), key.text()),
                  kind(processed.kind()),
                  processed.fingerprint(),
                  processed.occurredAt());
            }
          });
    }
    index = ids.index();
  }

  /** The ids of grants, campaigns and workspaces are never forgotten. */
  private boolean isForgotten(ProcessedIdRow row) {
    return row.kind() == EventKind.REVERSED
        && row.occurredAt() / 60_000 < buffer.retention().forgottenBefore() / 60_000;
  }

  private void collect(String workspaceId, DedupIndex.Collector ids) {
    Ledger.IdVisitor collect =
        (kind, at, fingerprint, idHash) -> {
          if (kind != Posting.Kind.REVERSED) { // its id is in the table of processed ids
            ids.add(
                DedupIndex.hash(idHash),
                kind == Posting.Kind.EMAIL_SENT ? DedupIndex.Kind.EMAIL : DedupIndex.Kind.USAGE,
                fingerprint,
                at);
          }
        };
    long seed = DedupIndex.seed(workspaceId);
    long from = buffer.retention().forgottenBefore();
    Ledger.of(state, workspaceId).forEachIdSince(from, seed, collect);
    Ledger.ofEmails(state, workspaceId).forEachIdSince(from, seed, collect);
  }
}
