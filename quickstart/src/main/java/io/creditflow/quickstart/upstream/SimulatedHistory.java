package io.creditflow.quickstart.upstream;

import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.quickstart.upstream.CampaignActivity.Activity;
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
      recordsByWorkspace.put(workspace.id(), fit(workspace));
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
    List<ScheduledEvent> publications = new ArrayList<>(milestones(from, to));
    for (WorkspacePlan workspace : customers) {
      for (CampaignPlan campaign : workspace.campaigns()) {
        for (Activity activity : activity(workspace, campaign).between(usageFrom(from), to)) {
          activity.sentAt().forEach(sentAt -> publications.add(publication(activity, sentAt)));
        }
      }
    }
    publications.sort(Comparator.comparing(ScheduledEvent::sentAt));
    return publications;
  }

  /** The events of workspaces, campaigns and grants in the time, without usage. */
  List<ScheduledEvent> milestones(Instant from, Instant to) {
    List<ScheduledEvent> publications = new ArrayList<>();
    for (WorkspacePlan workspace : customers) {
      for (ScheduledEvent publication : recordsByWorkspace.get(workspace.id()).until(to)) {
        if (!publication.sentAt().isBefore(from)) {
          publications.add(publication);
        }
      }
    }
    publications.sort(Comparator.comparing(ScheduledEvent::sentAt));
    return publications;
  }

  /** Day 0 in the workspace's zone. */
  LocalDate today(WorkspacePlan workspace) {
    return generatedAt.atZone(workspace.zone()).toLocalDate();
  }

  List<WorkspacePlan> customers() {
    return customers;
  }

  private WorkspaceRecords fit(WorkspacePlan workspace) {
    Map<String, Long> creditsByCampaign = new HashMap<>();
    for (CampaignPlan campaign : workspace.campaigns()) {
      long credits =
          activity(workspace, campaign).between(usageFrom(Instant.EPOCH), generatedAt).stream()
              .mapToLong(Activity::credits)
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

  private static ScheduledEvent publication(Activity activity, Instant sentAt) {
    if (activity.event() instanceof LeadSourced sourced) {
      return ScheduledEvent.of(sourced, sentAt);
    } else if (activity.event() instanceof PhoneRevealed revealed) {
      return ScheduledEvent.of(revealed, sentAt);
    } else if (activity.event() instanceof EmailSent sent) {
      return ScheduledEvent.of(sent, sentAt);
    }
    return ScheduledEvent.of((UsageReversed) activity.event(), sentAt);
  }
}
