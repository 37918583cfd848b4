package io.creditflow.posting;

import io.creditflow.event.Event;
import io.creditflow.event.EventKind;
import io.creditflow.event.Rejection;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.once.OnceIndex;
import io.creditflow.once.SeenRow;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.Optional;

/** Whether an id has been processed, and as what. */
final class OnceCheck {
  /** What an id was used for. */
  record Used(EventKind kind, long occurredAt) {
    @Override
    public String toString() {
      return "a %s of %s".formatted(kind, Instant.ofEpochMilli(occurredAt));
    }
  }

  /**
   * Who has an id.
   *
   * @param isIdentical whether it is the same event
   * @param other what the id was used for if that is something else; else null
   */
  record Found(boolean isIdentical, Used other) {
    private static final Found NOTHING = new Found(false, null);
    private static final Found IDENTICAL = new Found(true, null);
  }

  /**
   * What a reversal wants to take back.
   *
   * @param usage null if it is not usage, or not known
   * @param other what it is if it is not usage; else null
   */
  record Target(Posting usage, Used other) {
    private static final Target UNKNOWN = new Target(null, null);
  }

  private final State state;
  private final Changes changes;
  private OnceIndex index = new OnceIndex();

  OnceCheck(State state, Changes changes) {
    this.state = state;
    this.changes = changes;
  }

  OnceIndex index() {
    return index;
  }

  Found find(long hash, Event event) {
    Found[] found = {Found.NOTHING};
    index.find(
        hash,
        meta -> {
          if (OnceIndex.fingerprint(meta) == event.fingerprint()) {
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
    return switch (OnceIndex.kind(meta)) {
      case USAGE -> usage(workspaceId, eventId, OnceIndex.minute(meta)).map(OnceCheck::used);
      case EMAIL -> mail(workspaceId, eventId, OnceIndex.minute(meta)).map(OnceCheck::used);
      case RECORD, REVERSAL -> record(workspaceId, eventId);
    };
  }

  private static Used used(Posting posting) {
    return new Used(EventKind.valueOf(posting.kind().name()), posting.at());
  }

  /** The newest, where an id that was forgotten is used anew. */
  Target target(String workspaceId, String eventId) {
    Target[] target = {Target.UNKNOWN};
    long[] latest = {Long.MIN_VALUE};
    index.find(
        OnceIndex.hash(workspaceId, eventId),
        meta -> {
          if (OnceIndex.kind(meta) == OnceIndex.Kind.USAGE) {
            usage(workspaceId, eventId, OnceIndex.minute(meta))
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
    WorkspaceChanges changed = changes.ifChanged(workspaceId);
    Optional<Posting> pending = changed == null ? Optional.empty() : changed.find(eventId);
    return pending.isPresent() ? pending : Ledger.of(state, workspaceId).find(minute, eventId);
  }

  private Optional<Posting> mail(String workspaceId, String eventId, long minute) {
    WorkspaceChanges changed = changes.ifChanged(workspaceId);
    Optional<Posting> pending = changed == null ? Optional.empty() : changed.findMail(eventId);
    return pending.isPresent() ? pending : Ledger.ofMail(state, workspaceId).find(minute, eventId);
  }

  /** What a record that is neither usage nor e-mail was, by its id. */
  Optional<Used> record(String workspaceId, String eventId) {
    return seen(workspaceId, eventId)
        .filter(SeenRow::holdsItsId)
        .map(row -> new Used(row.kind(), row.occurredAt()));
  }

  private Optional<SeenRow> seen(String workspaceId, String eventId) {
    WorkspaceChanges changed = changes.ifChanged(workspaceId);
    SeenRow seen = changed == null ? null : changed.seen.get(eventId);
    return Optional.ofNullable(seen == null ? SeenRow.read(state, workspaceId, eventId) : seen);
  }

  /**
   * A reversal waits no longer.
   *
   * @param rejectedFor why it is rejected, its id free again; null if it is applied
   */
  void waited(WaitingReversal waited, Rejection.Reason rejectedFor) {
    String workspaceId = waited.workspaceId();
    ReversalRow reversal = waited.reversal();
    if (rejectedFor != null) {
      index.remove(OnceIndex.hash(workspaceId, reversal.eventId()), reversal.fingerprint());
    }
    boolean isNewest =
        seen(workspaceId, reversal.eventId())
            .filter(row -> row.fingerprint() == reversal.fingerprint())
            .isPresent();
    if (isNewest) {
      changes
          .of(workspaceId)
          .seen
          .put(
              reversal.eventId(),
              new SeenRow(
                  EventKind.REVERSED,
                  reversal.occurredAt(),
                  reversal.fingerprint(),
                  waited.targetId(),
                  0,
                  rejectedFor == null ? null : rejectedFor.name()));
    }
  }

  void remember(long hash, Event event) {
    index.put(hash, kind(event), event.fingerprint(), event.occurredAt());
  }

  private static OnceIndex.Kind kind(Event event) {
    if (event.body() instanceof LeadSourced || event.body() instanceof PhoneRevealed) {
      return OnceIndex.Kind.USAGE;
    }
    return event.body() instanceof EmailSent ? OnceIndex.Kind.EMAIL : kind(event.kind());
  }

  private static OnceIndex.Kind kind(EventKind ofRecord) {
    return ofRecord == EventKind.REVERSED ? OnceIndex.Kind.REVERSAL : OnceIndex.Kind.RECORD;
  }

  /** Forgets what no acceptable record can repeat any more; at most once an hour. */
  void forget(long asOf) {
    Forgetting forgetting = changes.forgetting();
    if (forgetting.advance(asOf)) {
      index.forgetBefore(forgetting.forgottenTo() / 60_000);
    }
  }

  /** Rebuilds the index from the rows, but for what was forgotten. */
  void load() {
    OnceIndex.Collector ids = new OnceIndex.Collector();
    try (State.Rows rows = state.within(Key.of(Table.WORKSPACE).bytes())) {
      rows.forEachRemaining(row -> collect(Key.parts(row.key()).text(), ids));
    }
    try (State.Rows rows = state.within(Key.of(Table.SEEN).bytes())) {
      rows.forEachRemaining(
          row -> {
            Key.Parts key = Key.parts(row.key());
            SeenRow seen = SeenRow.decode(row.value());
            if (seen.holdsItsId() && !isForgotten(seen)) {
              ids.add(
                  OnceIndex.hash(key.text(), key.text()),
                  kind(seen.kind()),
                  seen.fingerprint(),
                  seen.occurredAt());
            }
          });
    }
    index = ids.index();
  }

  private boolean isForgotten(SeenRow seen) {
    return seen.kind() == EventKind.REVERSED
        && seen.occurredAt() / 60_000 < changes.forgetting().forgottenTo() / 60_000;
  }

  private void collect(String workspaceId, OnceIndex.Collector ids) {
    Ledger.IdVisitor collect =
        (kind, at, fingerprint, idHash) -> {
          if (kind != Posting.Kind.REVERSED) { // which is remembered as a record
            ids.add(
                OnceIndex.hash(idHash),
                kind == Posting.Kind.EMAIL_SENT ? OnceIndex.Kind.EMAIL : OnceIndex.Kind.USAGE,
                fingerprint,
                at);
          }
        };
    long seed = OnceIndex.seed(workspaceId);
    long from = changes.forgetting().forgottenTo();
    Ledger.of(state, workspaceId).forEachIdSince(from, seed, collect);
    Ledger.ofMail(state, workspaceId).forEachIdSince(from, seed, collect);
  }
}
