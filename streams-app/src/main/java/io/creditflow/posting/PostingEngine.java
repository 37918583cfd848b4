package io.creditflow.posting;

import io.creditflow.alert.Alert;
import io.creditflow.campaign.Picture;
import io.creditflow.event.Event;
import io.creditflow.event.Origin;
import io.creditflow.event.Rejected;
import io.creditflow.event.Rejection;
import io.creditflow.event.Validation;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.grant.Grant;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.once.OnceIndex;
import io.creditflow.once.SeenRow;
import io.creditflow.state.WritableState;
import io.creditflow.usage.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Counts the events of one partition. Each is judged and added up in memory at once; {@link #flush}
 * writes what changed. A crash in between loses nothing, as long as the caller delivers again what
 * came after the last flush. Not thread-safe. Knows no Kafka.
 */
public final class PostingEngine {
  private final CountingRules rules;
  private final Validation validation;
  private final Changes changes;
  private final OnceCheck once;
  private final WaitingRoom waiting;
  private final FlushWriter writer;
  private final List<Rejected> rejected = new ArrayList<>();

  /**
   * Opens the books where the last flush left them.
   *
   * @param partitionOfKey where Kafka's own partitioner puts a key
   * @param published ids of the alerts that were ever published; none is raised under a new one
   */
  public PostingEngine(
      CountingRules rules,
      WritableState state,
      ToIntFunction<byte[]> partitionOfKey,
      Set<String> published) {
    this.rules = rules;
    validation = new Validation(rules.acceptance(), partitionOfKey);
    changes = new Changes(state, rules.acceptance());
    once = new OnceCheck(state, changes);
    waiting = new WaitingRoom(state, rules.acceptance());
    writer = new FlushWriter(state, rules, published);
    once.load();
    waiting.load();
    writer.followTzRelease(changes);
  }

  /** Counts a decoded record, or says why not; {@link #takeRejected} has the reason then. */
  public Verdict accept(Origin origin, Event event) {
    changes.received(origin);
    Rejection rejection = validation.checkContent(origin, event);
    OnceCheck.Target target = null;
    if (rejection == null && event.body() instanceof UsageReversed reversal) {
      target = once.target(event.workspaceId(), reversal.getReversedEventId());
      rejection =
          target.other() == null
              ? null
              : Reasons.notUsage(reversal.getReversedEventId(), target.other());
    }
    if (rejection == null) {
      rejection = validation.checkAge(origin, event);
    }
    if (rejection != null) {
      return reject(origin, rejection);
    }
    long hash = OnceIndex.hash(event.workspaceId(), event.eventId());
    OnceCheck.Found found = once.find(hash, event);
    if (found.isIdentical()) {
      return count(origin, Verdict.REPEATED);
    } else if (found.other() != null) {
      return reject(origin, Reasons.idTaken(event.eventId(), found.other()));
    }
    Verdict verdict = apply(origin, event, target);
    if (verdict != Verdict.REJECTED) {
      once.remember(hash, event);
      settleWaiting(origin, event);
      verdict = count(origin, verdict);
    }
    return verdict;
  }

  /** Takes note of a record that could not even be decoded. */
  public Verdict refuse(Origin origin, Rejection rejection) {
    changes.received(origin);
    return reject(origin, rejection);
  }

  private Verdict apply(Origin origin, Event event, OnceCheck.Target target) {
    WorkspaceChanges workspace = changes.of(event.workspaceId());
    if (event.body() instanceof LeadSourced e) {
      workspace.post(
          usage(
              event,
              Posting.Kind.LEAD_SOURCED,
              e.getSource().ordinal(),
              e.getCampaignId(),
              e.getLeadId()));
    } else if (event.body() instanceof PhoneRevealed e) {
      workspace.post(
          usage(event, Posting.Kind.PHONE_REVEALED, 0, e.getCampaignId(), e.getLeadId()));
    } else if (event.body() instanceof EmailSent e) {
      workspace.mail.add(new Change(mail(event, e), 0));
    } else {
      Verdict verdict = applyRecord(origin, event, workspace, target);
      if (verdict == Verdict.REJECTED) {
        return verdict;
      }
      long waitsUntil = verdict == Verdict.WAITING ? waiting.deadline(origin) : 0;
      workspace.seen.put(event.eventId(), seen(event, waitsUntil));
      return verdict;
    }
    return Verdict.APPLIED;
  }

  private Verdict applyRecord(
      Origin origin, Event event, WorkspaceChanges workspace, OnceCheck.Target target) {
    if (event.body() instanceof UsageReversed e) {
      return applyReversal(origin, event, e, workspace, target);
    } else if (event.body() instanceof CreditGrant e) {
      return applyGrant(origin, event, e, workspace);
    } else if (event.body() instanceof CampaignChanged e) {
      workspace.show(e.getCampaignId(), Picture.of(e));
    } else if (event.body() instanceof WorkspaceChanged e) {
      workspace.descriptions.add(e);
    }
    return Verdict.APPLIED;
  }

  private static SeenRow seen(Event event, long waitsUntil) {
    String subject = null;
    if (event.body() instanceof UsageReversed e) {
      subject = e.getReversedEventId();
    } else if (event.body() instanceof CreditGrant e) {
      subject = e.getGrantId();
    } else if (event.body() instanceof CampaignChanged e) {
      subject = e.getCampaignId();
    }
    return new SeenRow(
        event.kind(), event.occurredAt(), event.fingerprint(), subject, waitsUntil, null);
  }

  private Posting usage(
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
        rules.prices().at(event.occurredAt(), activity),
        event.fingerprint(),
        Posting.Standing.STANDS,
        null,
        null);
  }

  private static Posting mail(Event event, EmailSent email) {
    return new Posting(
        event.occurredAt(),
        Posting.Kind.EMAIL_SENT,
        event.eventId(),
        0,
        email.getCampaignId(),
        email.getLeadId(),
        0,
        event.fingerprint(),
        Posting.Standing.STANDS,
        null,
        null);
  }

  private Verdict applyGrant(
      Origin origin, Event event, CreditGrant grant, WorkspaceChanges workspace) {
    GrantRow known = changes.grant(event.workspaceId(), grant.getGrantId());
    if (grant.getAction() == GrantAction.VOIDED) {
      workspace.grants.put(
          grant.getGrantId(), known.voided(event.occurredAt(), event.eventId(), grant.getReason()));
      return Verdict.APPLIED;
    }
    if (known.grant() != null) {
      OnceCheck.Used used = once.record(event.workspaceId(), known.grant().eventId()).orElseThrow();
      return reject(origin, Reasons.grantIdTaken(known.grant(), used));
    }
    workspace.grants.put(grant.getGrantId(), known.granted(grantOf(event, grant)));
    return Verdict.APPLIED;
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

  private Verdict applyReversal(
      Origin origin,
      Event event,
      UsageReversed reversal,
      WorkspaceChanges workspace,
      OnceCheck.Target target) {
    String targetId = reversal.getReversedEventId();
    ReversalRow row =
        new ReversalRow(
            event.eventId(), event.occurredAt(), event.fingerprint(), reversal.getReason());
    if (target.usage() != null) {
      takeBack(event.workspaceId(), workspace, target.usage(), row);
      return Verdict.APPLIED;
    }
    waiting.enter(event.workspaceId(), targetId, row, origin);
    return Verdict.WAITING;
  }

  private void takeBack(
      String workspaceId, WorkspaceChanges workspace, Posting usage, ReversalRow row) {
    workspace.campaign(usage.campaignId()).changed(row.occurredAt());
    // What stands of a former event of that id, one long forgotten, is not this one's.
    ReversalRow standing =
        usage.standing() == Posting.Standing.STANDS
            ? null
            : changes.reversal(workspaceId, usage.eventId());
    if (!row.isEarlierThan(standing)) {
      return;
    }
    if (standing == null) {
      workspace.takeBack(usage);
    } else {
      Posting old = reversalPosting(usage, standing).with(Posting.Standing.GONE);
      workspace.postings.add(new Change(old, 0));
    }
    workspace.postings.add(new Change(reversalPosting(usage, row), 0));
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
        Posting.Standing.STANDS,
        usage.eventId(),
        row.reason());
  }

  /** Lets reversals that waited for this event take effect, or rejects them if it is no usage. */
  private void settleWaiting(Origin origin, Event event) {
    if (waiting.isAwaited(event.workspaceId(), event.eventId())) {
      waiting.leave(
          event.workspaceId(),
          event.eventId(),
          reversal -> settle(reversal, origin.appendedAt(), event));
    }
  }

  private void settle(WaitingReversal reversal, long at, Event event) {
    WorkspaceChanges workspace = changes.of(event.workspaceId());
    // As it stands after the one before this.
    Posting usage = workspace.find(event.eventId()).orElse(null);
    if (reversal.deadline() <= at) {
      giveUp(reversal, unmatched(reversal));
    } else if (usage == null) {
      OnceCheck.Used other = new OnceCheck.Used(event.kind(), event.occurredAt());
      giveUp(reversal, Reasons.notUsage(event.eventId(), other));
    } else {
      changes.counters().of(reversal.origin().topic()).waitingIsOver();
      takeBack(event.workspaceId(), workspace, usage, reversal.reversal());
      once.waited(reversal, null);
      count(reversal.origin(), Verdict.APPLIED);
    }
  }

  private void giveUp(WaitingReversal reversal, Rejection rejection) {
    changes.counters().of(reversal.origin().topic()).waitingIsOver();
    once.waited(reversal, rejection.reason());
    reject(reversal.origin(), rejection);
  }

  private Rejection unmatched(WaitingReversal reversal) {
    return Reasons.unmatched(reversal.targetId(), rules.acceptance().reversalWait());
  }

  /**
   * Gives up what has waited too long, and forgets ids that nothing can repeat any more.
   *
   * @param asOf the append time before which every record has been delivered: not the wall clock,
   *     so that a replay decides as the first run did. Readers are told it from the next flush on
   */
  public void advance(long asOf) {
    reflectTo(asOf);
    for (WaitingReversal late : waiting.expire(asOf)) {
      giveUp(late, unmatched(late));
    }
    once.forget(asOf);
  }

  /** Only notes that every record appended before this instant has been delivered. */
  public void reflectTo(long asOf) {
    changes.advancedTo(asOf);
  }

  /** The same when the brokers' clock has stepped back: the one case in which asOf does, too. */
  public void stepBackTo(long asOf) {
    changes.steppedBackTo(asOf);
  }

  /** Whether the books say an {@link #asOf} that has grown old. */
  public boolean isMarkOld() {
    return changes.isMarkOld();
  }

  /** The number of the last flush. */
  public long flushes() {
    return changes.flushes();
  }

  /** What it was advanced to, or the books were when they were opened; 0 if never. */
  public long asOf() {
    return changes.asOf();
  }

  private Verdict count(Origin origin, Verdict verdict) {
    changes.counters().of(origin.topic()).count(verdict);
    return verdict;
  }

  private Verdict reject(Origin origin, Rejection rejection) {
    changes.counters().of(origin.topic()).rejected(rejection.reason());
    rejected.add(new Rejected(origin, rejection));
    return Verdict.REJECTED;
  }

  /** Records rejected since the last call, for {@code rejected-events}. */
  public List<Rejected> takeRejected() {
    if (rejected.isEmpty()) {
      return List.of();
    }
    List<Rejected> taken = List.copyOf(rejected);
    rejected.clear();
    return taken;
  }

  /** Whether there is anything to write. */
  public boolean isDirty() {
    return changes.isDirty() || waiting.isDirty() || writer.isRecounting();
  }

  /** Whether there is anything to write or to judge. */
  public boolean isDue(long nowMillis) {
    return isDirty() || writer.alerts().hasWork(nowMillis, changes.asOf());
  }

  /** Bytes of values of the records held in memory since the last flush. */
  public long pendingBytes() {
    return changes.bytes();
  }

  /** Records held in memory since the last flush. */
  public int pending() {
    return changes.size();
  }

  /** Writes all that changed, all at once for readers; then the memory of it is empty. */
  public void flush() {
    if (isDirty()) {
      writer.write(changes, waiting, false, 0, 0);
    }
  }

  /** Writes all that changed, and judges what people should be told: see {@link #takeAlerts}. */
  public void flushAndJudge(long nowMillis) {
    if (isDue(nowMillis) || isMarkOld()) {
      writer.write(changes, waiting, true, nowMillis, changes.asOf());
    }
  }

  /** Alerts raised since the last call, to be published in the transaction of that flush. */
  public List<Alert> takeAlerts() {
    return writer.alerts().takeRaised();
  }

  /**
   * Takes note that a topic holds no record up to an offset, from where it was read to. An offset
   * before that says that the topic was made again.
   */
  public void reachedWithoutRecord(String topic, long offset) {
    changes.reachedWithoutRecord(topic, offset);
  }

  /** By topic, how far records were delivered. */
  public Map<String, FlushMark.Reached> positions() {
    return changes.positions();
  }

  public Counters counters() {
    return changes.counters();
  }

  /** Ids remembered, and the memory that takes. */
  public OnceIndex ids() {
    return once.index();
  }
}
