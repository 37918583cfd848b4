package io.creditflow.engine;

import io.creditflow.campaign.CampaignVersion;
import io.creditflow.dedup.DedupIndex;
import io.creditflow.dedup.ProcessedIdRow;
import io.creditflow.event.Event;
import io.creditflow.event.EventValidator;
import io.creditflow.event.RejectedRecord;
import io.creditflow.event.Rejection;
import io.creditflow.event.SourceRecord;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.grant.Grant;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.LedgerWriter.PostingChange;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.WritableRowStore;
import io.creditflow.usage.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Counts the events of one partition. It accepts or rejects each event at once and collects the
 * changes in memory; {@link #flush} writes them to the state. No event is lost in a crash if the
 * caller then delivers all records after the last flush again. Does not depend on Kafka. Not
 * thread-safe.
 */
public final class CreditEngine {
  private final EngineConfig config;
  private final EventValidator validation;
  private final WriteBuffer buffer;
  private final Deduplicator deduplicator;
  private final PendingReversals pending;
  private final FlushWriter writer;
  private final List<RejectedRecord> rejected = new ArrayList<>();

  /**
   * Continues from the last flush in the state.
   *
   * @param state the rows of the partition
   * @param partitionOfKey computes the partition to which Kafka's default partitioner sends a key
   * @param published ids of all alerts that were ever published; none of them is published again
   */
  public CreditEngine(
      EngineConfig config,
      WritableRowStore state,
      ToIntFunction<byte[]> partitionOfKey,
      Set<String> published) {
    this.config = config;
    validation = new EventValidator(config.acceptance(), partitionOfKey);
    buffer = new WriteBuffer(state, config.acceptance());
    deduplicator = new Deduplicator(state, buffer);
    pending = new PendingReversals(state, config.acceptance());
    writer = new FlushWriter(state, config, published);
    deduplicator.load();
    pending.load();
    writer.markOutdatedDays(buffer);
  }

  /**
   * Counts a decoded record, or rejects it. {@link #takeRejected} returns a rejected record and the
   * reason.
   */
  public RecordOutcome accept(SourceRecord origin, Event event) {
    buffer.received(origin);
    Rejection rejection = validation.checkContent(origin, event);
    Deduplicator.ReversalTarget target = null;
    if (rejection == null && event.body() instanceof UsageReversed reversal) {
      target = deduplicator.target(event.workspaceId(), reversal.getReversedEventId());
      if (target.notUsage() != null) {
        rejection = ConflictRejections.notUsage(reversal.getReversedEventId(), target.notUsage());
      }
    }
    if (rejection == null) {
      rejection = validation.checkAge(origin, event);
    }
    if (rejection != null) {
      return reject(origin, rejection);
    }
    long hash = DedupIndex.hash(event.workspaceId(), event.eventId());
    Deduplicator.IdLookup found = deduplicator.lookUp(hash, event);
    if (found.isRepeat()) {
      return count(origin, RecordOutcome.REPEATED);
    } else if (found.conflicting() != null) {
      return reject(origin, ConflictRejections.idTaken(event.eventId(), found.conflicting()));
    }
    RecordOutcome outcome = apply(origin, event, target);
    if (outcome != RecordOutcome.REJECTED) {
      deduplicator.remember(hash, event);
      resolvePending(origin, event);
      outcome = count(origin, outcome);
    }
    return outcome;
  }

  /** Rejects a record that is too large or cannot be decoded. */
  public RecordOutcome rejectUndecoded(SourceRecord origin, Rejection rejection) {
    buffer.received(origin);
    return reject(origin, rejection);
  }

  /**
   * Adds the changes of an event to the buffer.
   *
   * @param target the event that a reversal reverses; null for other events
   */
  private RecordOutcome apply(
      SourceRecord origin, Event event, Deduplicator.ReversalTarget target) {
    WorkspaceBuffer workspace = buffer.of(event.workspaceId());
    if (event.body() instanceof LeadSourced e) {
      workspace.post(
          usagePosting(
              event,
              Posting.Kind.LEAD_SOURCED,
              e.getSource().ordinal(),
              e.getCampaignId(),
              e.getLeadId()));
    } else if (event.body() instanceof PhoneRevealed e) {
      workspace.post(
          usagePosting(event, Posting.Kind.PHONE_REVEALED, 0, e.getCampaignId(), e.getLeadId()));
    } else if (event.body() instanceof EmailSent e) {
      workspace.emails.add(new PostingChange(emailPosting(event, e), 0));
    } else {
      RecordOutcome outcome = applyNonUsage(origin, event, workspace, target);
      if (outcome == RecordOutcome.REJECTED) {
        return outcome;
      }
      long waitsUntil = outcome == RecordOutcome.WAITING ? pending.deadline(origin) : 0;
      workspace.processedIds.put(event.eventId(), processedId(event, waitsUntil));
      return outcome;
    }
    return RecordOutcome.APPLIED;
  }

  private RecordOutcome applyNonUsage(
      SourceRecord origin,
      Event event,
      WorkspaceBuffer workspace,
      Deduplicator.ReversalTarget target) {
    if (event.body() instanceof UsageReversed e) {
      return applyReversal(origin, event, e, workspace, target);
    } else if (event.body() instanceof CreditGrant e) {
      return applyGrant(origin, event, e, workspace);
    } else if (event.body() instanceof CampaignChanged e) {
      workspace.apply(e.getCampaignId(), CampaignVersion.of(e));
    } else if (event.body() instanceof WorkspaceChanged e) {
      workspace.descriptions.add(e);
    }
    return RecordOutcome.APPLIED;
  }

  private static ProcessedIdRow processedId(Event event, long waitsUntil) {
    String subject = null;
    if (event.body() instanceof UsageReversed e) {
      subject = e.getReversedEventId();
    } else if (event.body() instanceof CreditGrant e) {
      subject = e.getGrantId();
    } else if (event.body() instanceof CampaignChanged e) {
      subject = e.getCampaignId();
    }
    return new ProcessedIdRow(
        event.kind(), event.occurredAt(), event.fingerprint(), subject, waitsUntil, null);
  }

  private Posting usagePosting(
      Event event, Posting.Kind kind, int source, String campaignId, String leadId) {
    Activity activity =
        kind == Posting.Kind.LEAD_SOURCED ? Activity.LEAD_SOURCED : Activity.PHONE_REVEALED;
    return new Posting(
        event.occurredAt(),
        kind,
        event.eventId(),
        source,
        campaignId,
        leadId,
        config.prices().at(event.occurredAt(), activity),
        event.fingerprint(),
        Posting.Status.ACTIVE,
        null,
        null);
  }

  private static Posting emailPosting(Event event, EmailSent email) {
    return new Posting(
        event.occurredAt(),
        Posting.Kind.EMAIL_SENT,
        event.eventId(),
        0,
        email.getCampaignId(),
        email.getLeadId(),
        0,
        event.fingerprint(),
        Posting.Status.ACTIVE,
        null,
        null);
  }

  private RecordOutcome applyGrant(
      SourceRecord origin, Event event, CreditGrant grant, WorkspaceBuffer workspace) {
    GrantRow known = buffer.grant(event.workspaceId(), grant.getGrantId());
    if (grant.getAction() == GrantAction.VOIDED) {
      workspace.grants.put(
          grant.getGrantId(), known.voided(event.occurredAt(), event.eventId(), grant.getReason()));
      return RecordOutcome.APPLIED;
    }
    if (known.grant() != null) {
      Deduplicator.KnownEvent other =
          deduplicator.find(event.workspaceId(), known.grant().eventId()).orElseThrow();
      return reject(origin, ConflictRejections.grantIdTaken(known.grant(), other));
    }
    workspace.grants.put(grant.getGrantId(), known.granted(grantOf(event, grant)));
    return RecordOutcome.APPLIED;
  }

  private static Grant grantOf(Event event, CreditGrant grant) {
    return new Grant(
        grant.getGrantId(),
        grant.getAmount(),
        grant.getEffectiveAt().toEpochMilli(),
        grant.getExpiresAt() == null ? Grant.NEVER : grant.getExpiresAt().toEpochMilli(),
        grant.getPriority(),
        grant.getReason(),
        event.eventId(),
        Grant.NEVER,
        null,
        null);
  }

  private RecordOutcome applyReversal(
      SourceRecord origin,
      Event event,
      UsageReversed reversal,
      WorkspaceBuffer workspace,
      Deduplicator.ReversalTarget target) {
    String targetId = reversal.getReversedEventId();
    ReversalRow row =
        new ReversalRow(
            event.eventId(), event.occurredAt(), event.fingerprint(), reversal.getReason());
    if (target.usage() != null) {
      reverse(event.workspaceId(), workspace, target.usage(), row);
      return RecordOutcome.APPLIED;
    }
    pending.add(event.workspaceId(), targetId, row, origin);
    return RecordOutcome.WAITING;
  }

  /** Reverses usage, unless an earlier reversal (by event time) reverses it already. */
  private void reverse(
      String workspaceId, WorkspaceBuffer workspace, Posting usage, ReversalRow row) {
    workspace.campaign(usage.campaignId()).noteChangeAt(row.occurredAt());
    // If this event's posting is active, a stored reversal belongs to an earlier event with the
    // same id, which has been forgotten. It does not apply to this event.
    ReversalRow existing =
        usage.status() == Posting.Status.ACTIVE
            ? null
            : buffer.reversal(workspaceId, usage.eventId());
    if (!row.isEarlierThan(existing)) {
      return;
    }
    if (existing == null) {
      workspace.reverse(usage);
    } else {
      Posting old = reversalPosting(usage, existing).with(Posting.Status.REMOVED);
      workspace.postings.add(new PostingChange(old, 0));
    }
    workspace.postings.add(new PostingChange(reversalPosting(usage, row), 0));
    workspace.reversals.put(usage.eventId(), row);
  }

  private static Posting reversalPosting(Posting usage, ReversalRow row) {
    return new Posting(
        row.occurredAt(),
        Posting.Kind.REVERSED,
        row.eventId(),
        0,
        usage.campaignId(),
        usage.leadId(),
        usage.credits(),
        row.fingerprint(),
        Posting.Status.ACTIVE,
        usage.eventId(),
        row.reason());
  }

  /**
   * Applies the reversals that wait for this event. If the event is not usage, rejects the
   * reversals.
   */
  private void resolvePending(SourceRecord origin, Event event) {
    if (pending.isAwaited(event.workspaceId(), event.eventId())) {
      pending.release(
          event.workspaceId(),
          event.eventId(),
          reversal -> resolve(reversal, origin.appendedAt(), event));
    }
  }

  /**
   * Applies or rejects a reversal whose event has arrived.
   *
   * @param arrivedAt the append time of the event, milliseconds since 1970
   */
  private void resolve(PendingReversal reversal, long arrivedAt, Event event) {
    WorkspaceBuffer workspace = buffer.of(event.workspaceId());
    // The posting, with the changes of reversals that were resolved before this one.
    Posting usage = workspace.find(event.eventId()).orElse(null);
    if (reversal.deadline() <= arrivedAt) {
      rejectPending(reversal, unmatched(reversal));
    } else if (usage == null) {
      Deduplicator.KnownEvent target =
          new Deduplicator.KnownEvent(event.kind(), event.occurredAt());
      rejectPending(reversal, ConflictRejections.notUsage(event.eventId(), target));
    } else {
      buffer.counters().of(reversal.origin().topic()).stoppedWaiting();
      reverse(event.workspaceId(), workspace, usage, reversal.reversal());
      deduplicator.markApplied(reversal);
      count(reversal.origin(), RecordOutcome.APPLIED);
    }
  }

  private void rejectPending(PendingReversal reversal, Rejection rejection) {
    buffer.counters().of(reversal.origin().topic()).stoppedWaiting();
    deduplicator.markRejected(reversal, rejection.reason());
    reject(reversal.origin(), rejection);
  }

  private Rejection unmatched(PendingReversal reversal) {
    return ConflictRejections.unmatched(reversal.targetId(), config.acceptance().reversalWait());
  }

  /**
   * Advances asOf, rejects pending reversals whose deadline has passed, and forgets event ids that
   * no acceptable record can repeat.
   *
   * @param asOf the append time before which every record has been delivered, milliseconds since
   *     1970. It is not the wall clock, so that a replay expires the same reversals as the first
   *     run. Readers get it with the next flush
   */
  public void advance(long asOf) {
    advanceAsOf(asOf);
    for (PendingReversal late : pending.expire(asOf)) {
      rejectPending(late, unmatched(late));
    }
    deduplicator.forget(asOf);
  }

  /**
   * Advances asOf like {@link #advance}, but expires nothing.
   *
   * @param asOf see {@link #advance}
   */
  public void advanceAsOf(long asOf) {
    buffer.advanceAsOf(asOf);
  }

  /**
   * Sets asOf to an earlier time, because the brokers' clock has stepped back. Expires nothing.
   * asOf moves backwards in no other case.
   */
  public void setBackAsOf(long asOf) {
    buffer.setBackAsOf(asOf);
  }

  /**
   * Whether the asOf in the state's checkpoint differs from {@link #asOf} by half a second or more.
   */
  public boolean isCheckpointOld() {
    return buffer.isCheckpointOld();
  }

  /** The number of the last flush. */
  public long lastFlush() {
    return buffer.lastFlush();
  }

  /**
   * The asOf that was set last; before the first call, the asOf in the opened state. Milliseconds
   * since 1970; 0 if it is not known.
   */
  public long asOf() {
    return buffer.asOf();
  }

  private RecordOutcome count(SourceRecord origin, RecordOutcome outcome) {
    buffer.counters().of(origin.topic()).count(outcome);
    return outcome;
  }

  private RecordOutcome reject(SourceRecord origin, Rejection rejection) {
    buffer.counters().of(origin.topic()).countRejected(rejection.reason());
    rejected.add(new RejectedRecord(origin, rejection));
    return RecordOutcome.REJECTED;
  }

  /** The records rejected since the last call, to be sent to {@code rejected-events}. */
  public List<RejectedRecord> takeRejected() {
    if (rejected.isEmpty()) {
      return List.of();
    }
    List<RejectedRecord> taken = List.copyOf(rejected);
    rejected.clear();
    return taken;
  }

  /** Whether there is a change to write, or a recount of days to continue. */
  public boolean isDirty() {
    return buffer.isDirty() || pending.isDirty() || writer.isRecounting();
  }

  /**
   * Whether {@link #isDirty}, or an evaluation of alerts is due.
   *
   * @param nowMillis the wall clock, milliseconds since 1970
   */
  public boolean isDue(long nowMillis) {
    return isDirty() || writer.alerts().hasWork(nowMillis, buffer.asOf());
  }

  /** The size of the values of the records received since the last flush, in bytes. */
  public long unflushedBytes() {
    return buffer.bytes();
  }

  /** The number of records received since the last flush. */
  public int unflushedRecords() {
    return buffer.size();
  }

  /**
   * Writes all changes since the last flush and removes them from memory. Readers see all of these
   * changes or none.
   */
  public void flush() {
    if (isDirty()) {
      writer.write(buffer, pending, false, 0, 0);
    }
  }

  /**
   * Flushes, and evaluates which alerts to raise. {@link #takeAlerts} returns them.
   *
   * @param nowMillis the wall clock, milliseconds since 1970
   */
  public void flushAndEvaluate(long nowMillis) {
    if (isDue(nowMillis) || isCheckpointOld()) {
      writer.write(buffer, pending, true, nowMillis, buffer.asOf());
    }
  }

  /**
   * The alerts raised since the last call. The caller publishes them in the transaction of the
   * flush that raised them.
   */
  public List<CreditAlert> takeAlerts() {
    return writer.alerts().takeRaised();
  }

  /**
   * Moves a topic's position to an offset, because the topic holds no record in between. If the
   * offset is before the position, the topic was deleted and created again.
   */
  public void skippedTo(String topic, long offset) {
    buffer.skippedTo(topic, offset);
  }

  /** The position up to which each topic was read. */
  public Map<String, FlushCheckpoint.SourcePosition> positions() {
    return buffer.positions();
  }

  /** The counts of the partition's records, those since the last flush included. */
  public RecordCounters counters() {
    return buffer.counters();
  }

  /** The index of the remembered event ids. */
  public DedupIndex ids() {
    return deduplicator.index();
  }
}
