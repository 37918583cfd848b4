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

/** Finds out whether an event id has been processed, and for which event. Not thread-safe. */
final class Deduplicator {
  /**
   * The event that an id was used for.
   *
   * @param occurredAt milliseconds since 1970
   */
  record Used(EventKind kind, long occurredAt) {
    @Override
    public String toString() {
      return "a %s of %s".formatted(kind, Instant.ofEpochMilli(occurredAt));
    }
  }

  /**
   * The result of looking up an event's id.
   *
   * @param isIdentical whether the event is an exact duplicate of one processed before
   * @param other the different event that the id was used for; null if there is none
   */
  record Found(boolean isIdentical, Used other) {
    private static final Found NOTHING = new Found(false, null);
    private static final Found IDENTICAL = new Found(true, null);
  }

  /**
   * The event that a reversal reverses.
   *
   * @param usage the posting of the event; null if the event is unknown or is not usage
   * @param other the event if it is not usage; else null
   */
  record Target(Posting usage, Used other) {
    private static final Target UNKNOWN = new Target(null, null);
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

  Found find(long hash, Event event) {
    Found[] found = {Found.NOTHING};
    index.find(
        hash,
        meta -> {
          if (DedupIndex.fingerprint(meta) == event.fingerprint()) {
            found[0] = Found.IDENTICAL;
          } else {
            used(event.workspaceId(), event.eventId(), meta)
                .ifPresent(used -> found[0] = new Found(false, used));
          }
          return !found[0].equals(Found.NOTHING);
        });
    return found[0];
  }

  private Optional<Used> used(String workspaceId, String eventId, long meta) {
    return switch (DedupIndex.kind(meta)) {
      case USAGE -> usage(workspaceId, eventId, DedupIndex.minute(meta)).map(Deduplicator::used);
      case EMAIL -> email(workspaceId, eventId, DedupIndex.minute(meta)).map(Deduplicator::used);
      case RECORD, REVERSAL -> record(workspaceId, eventId);
    };
  }

  private static Used used(Posting posting) {
    return new Used(EventKind.valueOf(posting.kind().name()), posting.at());
  }

  /**
   * Finds the event that a reversal reverses. If the id was forgotten and then used again, this is
   * the event that occurred last.
   */
  Target target(String workspaceId, String eventId) {
    Target[] target = {Target.UNKNOWN};
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
                      target[0] = new Target(usage, null);
                    });
          } else {
            used(workspaceId, eventId, meta)
                .filter(other -> other.occurredAt() > latest[0])
                .ifPresent(
                    other -> {
                      latest[0] = other.occurredAt();
                      target[0] = new Target(null, other);
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
  Optional<Used> record(String workspaceId, String eventId) {
    return processed(workspaceId, eventId)
        .filter(ProcessedIdRow::holdsItsId)
        .map(row -> new Used(row.kind(), row.occurredAt()));
  }

  private Optional<ProcessedIdRow> processed(String workspaceId, String eventId) {
    WorkspaceBuffer changed = buffer.ifChanged(workspaceId);
    ProcessedIdRow seen = changed == null ? null : changed.processedIds.get(eventId);
    return Optional.ofNullable(
        seen == null ? ProcessedIdRow.read(state, workspaceId, eventId) : seen);
  }

  /**
   * Updates the index and the row of a pending reversal that was applied or rejected.
   *
   * @param rejectedFor the reason if the reversal was rejected, which frees its id for another
   *     event; null if the reversal was applied
   */
  void settled(PendingReversal pending, Rejection.Reason rejectedFor) {
    String workspaceId = pending.workspaceId();
    ReversalRow reversal = pending.reversal();
    if (rejectedFor != null) {
      index.remove(DedupIndex.hash(workspaceId, reversal.eventId()), reversal.fingerprint());
    }
    boolean isNewest =
        processed(workspaceId, reversal.eventId())
            .filter(row -> row.fingerprint() == reversal.fingerprint())
            .isPresent();
    if (isNewest) {
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
    return kind == EventKind.REVERSED ? DedupIndex.Kind.REVERSAL : DedupIndex.Kind.RECORD;
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
            ProcessedIdRow seen = ProcessedIdRow.decode(row.value());
            if (seen.holdsItsId() && !isForgotten(seen)) {
              ids.add(
                  DedupIndex.hash(key.text(), key.text()),
                  kind(seen.kind()),
                  seen.fingerprint(),
                  seen.occurredAt());
            }
          });
    }
    index = ids.index();
  }

  /** The ids of grants, campaigns and workspaces are never forgotten. */
  private boolean isForgotten(ProcessedIdRow seen) {
    return seen.kind() == EventKind.REVERSED
        && seen.occurredAt() / 60_000 < buffer.retention().forgottenBefore() / 60_000;
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
