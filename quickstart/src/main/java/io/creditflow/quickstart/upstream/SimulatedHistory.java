package io.creditflow.quickstart.upstream;

import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.quickstart.upstream.CampaignActivity.SimulatedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All events of the simulated customers in the 30 days before an instant and after it.
 *
 * <p>The events depend on the instant only: the same instant gives the same events with the same
 * ids. Quotas and grant amounts are computed from the generated usage, so that the plans in {@code
 * customers.json} (a quota 86 % used, a workspace in overage) hold on any weekday.
 */
final class SimulatedHistory {
  private static final Duration LENGTH = Duration.ofDays(30);

  private final Instant generatedAt;
  private final List<WorkspacePlan> customers;
  private final Map<String, WorkspaceRecords> recordsByWorkspace = new HashMap<>();

  /**
   * @param generatedAt the end of the history; day 0 of the plans is this instant's day in each
   *     zone
   */
  SimulatedHistory(Instant generatedAt, List<WorkspacePlan> customers) {
    this.generatedAt = generatedAt;
    this.customers = List.copyOf(customers);
    for (WorkspacePlan workspace : customers) {
      recordsByWorkspace.put(workspace.id(), recordsOf(workspace));
    }
  }

  /**
   * All events before {@code generatedAt} in the order of sending, late and repeated ones included.
   */
  List<ScheduledEvent> past() {
    return between(Instant.EPOCH, generatedAt);
  }

  /** The events from one instant (included) to another (excluded), in the order of sending. */
  List<ScheduledEvent> between(Instant from, Instant to) {
    List<ScheduledEvent> events = new ArrayList<>(milestones(from, to));
    for (WorkspacePlan workspace : customers) {
      for (CampaignPlan campaign : workspace.campaigns()) {
        for (SimulatedEvent event : activity(workspace, campaign).between(usageFrom(from), to)) {
          event.sentAt().forEach(sentAt -> events.add(scheduled(event, sentAt)));
        }
      }
    }
    events.sort(Comparator.comparing(ScheduledEvent::sentAt));
    return events;
  }

  /**
   * The events of workspaces, campaigns and grants from one instant (included) to another
   * (excluded), in the order of sending.
   */
  List<ScheduledEvent> milestones(Instant from, Instant to) {
    List<ScheduledEvent> events = new ArrayList<>();
    for (WorkspacePlan workspace : customers) {
      for (ScheduledEvent scheduled : recordsByWorkspace.get(workspace.id()).until(to)) {
        if (!scheduled.sentAt().isBefore(from)) {
          events.add(scheduled);
        }
      }
    }
    events.sort(Comparator.comparing(ScheduledEvent::sentAt));
    return events;
  }

  /** Day 0 in the workspace's zone. */
  LocalDate today(WorkspacePlan workspace) {
    return generatedAt.atZone(workspace.zone()).toLocalDate();
  }

  List<WorkspacePlan> customers() {
    return customers;
  }

  /** Computes the records of a workspace from the usage of its campaigns in the history. */
  private WorkspaceRecords recordsOf(WorkspacePlan workspace) {
    Map<String, Long> creditsByCampaign = new HashMap<>();
    for (CampaignPlan campaign : workspace.campaigns()) {
      long credits =
          activity(workspace, campaign).between(usageFrom(Instant.EPOCH), generatedAt).stream()
              .mapToLong(SimulatedEvent::credits)
              .sum();
      creditsByCampaign.put(campaign.id(), credits);
    }
    return new WorkspaceRecords(workspace, today(workspace), creditsByCampaign);
  }

  private CampaignActivity activity(WorkspacePlan workspace, CampaignPlan campaign) {
    return new CampaignActivity(workspace, campaign, today(workspace));
  }

  private Instant usageFrom(Instant from) {
    Instant begin = generatedAt.minus(LENGTH);
    return from.isBefore(begin) ? begin : from;
  }

  private static ScheduledEvent scheduled(SimulatedEvent event, Instant sentAt) {
    if (event.event() instanceof LeadSourced sourced) {
      return ScheduledEvent.of(sourced, sentAt);
    } else if (event.event() instanceof PhoneRevealed revealed) {
      return ScheduledEvent.of(revealed, sentAt);
    } else if (event.event() instanceof EmailSent sent) {
      return ScheduledEvent.of(sent, sentAt);
    }
    return ScheduledEvent.of((UsageReversed) event.event(), sentAt);
  }
}
