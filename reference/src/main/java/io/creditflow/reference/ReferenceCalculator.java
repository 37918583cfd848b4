package io.creditflow.reference;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.query.CreditQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The reference calculator: accepts or rejects records, holds the accepted events in lists, and
 * answers queries from them. A restart replays all calls up to the last flush.
 */
public final class ReferenceCalculator implements CreditCalculator {
  private final ReferenceRules rules;
  private final List<Runnable> journal = new ArrayList<>();
  private int flushed;

  private final SortedMap<String, WorkspaceEvents> workspaces = new TreeMap<>(Utf8Comparator.ORDER);
  private final List<ReferenceRejection> rejections = new ArrayList<>();
  private final List<ReferenceHistory.Cursor> cursors = new ArrayList<>();

  public ReferenceCalculator(ReferenceRules rules) {
    this.rules = rules;
  }

  @Override
  public ReferenceOutcome accept(String topic, SpecificRecord event, Instant arrival) {
    journal.add(() -> evaluate(topic, event, arrival));
    return evaluate(topic, event, arrival);
  }

  @Override
  public void advance(Instant now) {
    journal.add(() -> timeOut(now));
    timeOut(now);
  }

  @Override
  public void flush() {
    flushed = journal.size();
  }

  @Override
  public void restart() {
    List<Runnable> replayed = List.copyOf(journal.subList(0, flushed));
    journal.clear();
    journal.addAll(replayed);
    workspaces.clear();
    rejections.clear();
    replayed.forEach(Runnable::run);
  }

  @Override
  public CreditQueries queries(Instant now) {
    return reference(now);
  }

  /** As {@link #queries}, with the queries that only the reference calculator has. */
  public ReferenceQueries reference(Instant now) {
    SortedMap<String, AcceptedEvents> state = new TreeMap<>(Utf8Comparator.ORDER);
    workspaces.forEach((workspaceId, workspace) -> state.put(workspaceId, workspace.accepted));
    return new ReferenceQueries(state, cursors, rules, now);
  }

  @Override
  public List<ReferenceRejection> rejections() {
    return List.copyOf(rejections);
  }

  /** The number of reversals that wait for their usage event, over all workspaces. */
  public int waiting() {
    return workspaces.values().stream().mapToInt(workspace -> workspace.waiting.size()).sum();
  }

  private ReferenceOutcome evaluate(String topic, SpecificRecord event, Instant arrival) {
    ReferenceOutcome outcome = outcome(topic, event, arrival);
    if (outcome.outcome() == ReferenceOutcome.Kind.REJECTED) {
      rejections.add(new ReferenceRejection(topic, event, outcome.reason()));
    } else if (outcome.outcome() != ReferenceOutcome.Kind.REPEAT) {
      WorkspaceEvents workspace =
          workspaces.computeIfAbsent(
              ReferenceValidation.workspaceId(event), id -> new WorkspaceEvents());
      workspace.known.put(ReferenceValidation.eventId(event), new Known(event, arrival));
      workspace.accepted.accepted(ReferenceValidation.eventId(event), event);
      if (outcome.outcome() == ReferenceOutcome.Kind.WAITING) {
        workspace.waiting.add(new Waiting(topic, (UsageReversed) event, arrival));
        workspace.accepted.waits(
            ReferenceValidation.eventId(event), arrival.plus(ReferenceRules.WAIT));
      } else {
        apply(workspace.accepted, event);
      }
      resolveWaiting(workspace, event, arrival);
    }
    return outcome;
  }

  private ReferenceOutcome outcome(String topic, SpecificRecord event, Instant arrival) {
    if (ReferenceValidation.wrongType(topic, event)) {
      return ReferenceOutcome.rejected(ReferenceReason.WRONG_TYPE);
    }
    if (ReferenceValidation.missingField(event)) {
      return ReferenceOutcome.rejected(ReferenceReason.MISSING_FIELD);
    }
    WorkspaceEvents workspace =
        workspaces.getOrDefault(ReferenceValidation.workspaceId(event), new WorkspaceEvents());
    Known target =
        event instanceof UsageReversed reversal
            ? workspace.known.get(reversal.getReversedEventId())
            : null;
    if (ReferenceValidation.invalid(event)
        || (target != null && !ReferenceValidation.isUsage(target.event))) {
      return ReferenceOutcome.rejected(ReferenceReason.INVALID);
    }
    if (ReferenceValidation.tooOld(rules, event, arrival)) {
      return ReferenceOutcome.rejected(ReferenceReason.TOO_OLD);
    }
    if (ReferenceValidation.inFuture(rules, event, arrival)) {
      return ReferenceOutcome.rejected(ReferenceReason.IN_FUTURE);
    }
    Known known = workspace.known.get(ReferenceValidation.eventId(event));
    if (known != null) {
      return known.event.equals(event)
          ? ReferenceOutcome.REPEAT
          : ReferenceOutcome.rejected(ReferenceReason.CONFLICT);
    }
    if (event instanceof CreditGrant grant
        && ReferenceValidation.granted(grant)
        && workspace.accepted.granted(grant.getGrantId())) {
      return ReferenceOutcome.rejected(ReferenceReason.CONFLICT);
    }
    if (target != null && !inTime(arrival, target.arrival)) {
      return ReferenceOutcome.rejected(ReferenceReason.UNMATCHED);
    }
    return event instanceof UsageReversed && target == null
        ? ReferenceOutcome.WAITING
        : ReferenceOutcome.APPLIED;
  }

  /**
   * Whether the usage event arrived before the reversal's wait ended, whichever was processed
   * first.
   */
  private static boolean inTime(Instant reversalArrival, Instant targetArrival) {
    return targetArrival.isBefore(reversalArrival.plus(ReferenceRules.WAIT));
  }

  /** Applies or rejects the reversals that waited for this event. */
  private void resolveWaiting(WorkspaceEvents workspace, SpecificRecord event, Instant arrival) {
    for (Waiting waiting : List.copyOf(workspace.waiting)) {
      if (waiting.reversal.getReversedEventId().equals(ReferenceValidation.eventId(event))) {
        if (!inTime(waiting.arrival, arrival)) {
          reject(workspace, waiting, ReferenceReason.UNMATCHED);
        } else if (ReferenceValidation.isUsage(event)) {
          workspace.waiting.remove(waiting);
          workspace.accepted.waited(waiting.reversal.getEventId(), null);
          workspace.accepted.add(waiting.reversal);
        } else {
          reject(workspace, waiting, ReferenceReason.INVALID);
        }
      }
    }
  }

  private void timeOut(Instant now) {
    for (WorkspaceEvents workspace : workspaces.values()) {
      for (Waiting waiting : List.copyOf(workspace.waiting)) {
        if (!waiting.arrival.plus(ReferenceRules.WAIT).isAfter(now)) {
          reject(workspace, waiting, ReferenceReason.UNMATCHED);
        }
      }
    }
  }

  /** Rejects a waiting reversal; another event may then use its id. */
  private void reject(WorkspaceEvents workspace, Waiting waiting, ReferenceReason reason) {
    workspace.waiting.remove(waiting);
    workspace.known.remove(waiting.reversal.getEventId());
    workspace.accepted.waited(waiting.reversal.getEventId(), reason);
    rejections.add(new ReferenceRejection(waiting.topic, waiting.reversal, reason));
  }

  private void apply(AcceptedEvents accepted, SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      accepted.add(
          new ReferenceUsage(
              ReferenceRules.Charged.LEAD_SOURCED,
              lead.getEventId(),
              lead.getCampaignId(),
              lead.getLeadId(),
              lead.getSource(),
              lead.getOccurredAt(),
              rules.price(ReferenceRules.Charged.LEAD_SOURCED, lead.getOccurredAt())));
    } else if (event instanceof PhoneRevealed phone) {
      accepted.add(
          new ReferenceUsage(
              ReferenceRules.Charged.PHONE_REVEALED,
              phone.getEventId(),
              phone.getCampaignId(),
              phone.getLeadId(),
              null,
              phone.getOccurredAt(),
              rules.price(ReferenceRules.Charged.PHONE_REVEALED, phone.getOccurredAt())));
    } else if (event instanceof UsageReversed reversal) {
      accepted.add(reversal);
    } else if (event instanceof CreditGrant grant) {
      accepted.add(grant);
    } else if (event instanceof CampaignChanged campaign) {
      accepted.add(campaign);
    } else if (event instanceof WorkspaceChanged workspace) {
      accepted.add(workspace);
    }
  }

  /** The events of one workspace. */
  private static final class WorkspaceEvents {
    final AcceptedEvents accepted = new AcceptedEvents();
    final Map<String, Known> known = new HashMap<>();
    final List<Waiting> waiting = new ArrayList<>();
  }

  /** An accepted record whose event id is in use. */
  private record Known(SpecificRecord event, Instant arrival) {}

  /** A reversal whose usage event has not arrived. */
  private record Waiting(String topic, UsageReversed reversal, Instant arrival) {}
}
