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
 * All that the cast did in the 30 days before an instant, and would do after it.
 *
 * <p>Nothing is drawn from the clock or from chance: the same instant gives the same story, down to
 * the event ids. Quotas and amounts of grants are fitted to the usage that comes out, so that what
 * the cast list promises (a quota 86 % used, a workspace in overage) holds on any weekday.
 */
final class SimulatedHistory {
  private static final Duration LENGTH = Duration.ofDays(30);

  private final Instant generatedAt;
  private final List<WorkspacePlan> customers;
  private final Map<String, WorkspaceRecords> milestones = new HashMap<>();

  /**
   * @param generatedAt the present of the story: its day 0 is this instant's day in each zone
   */
  SimulatedHistory(Instant generatedAt, List<WorkspacePlan> customers) {
    this.generatedAt = generatedAt;
    this.customers = List.copyOf(customers);
    for (WorkspacePlan workspace : customers) {
      milestones.put(workspace.id(), fit(workspace));
    }
  }

  /** The whole past, in the order in which it is sent: late and repeated events included. */
  List<ScheduledEvent> past() {
    return between(Instant.EPOCH, generatedAt);
  }

  /** What happens from one instant (included) to another (excluded), in the order of sending. */
  List<ScheduledEvent> between(Instant from, Instant to) {
    List<ScheduledEvent> publications = new ArrayList<>(milestones(from, to));
    for (WorkspacePlan workspace : customers) {
      for (CampaignPlan campaign : workspace.campaigns()) {
        for (Activity happening : activity(workspace, campaign).between(usageFrom(from), to)) {
          happening.sentAt().forEach(sentAt -> publications.add(publication(happening, sentAt)));
        }
      }
    }
    publications.sort(Comparator.comparing(ScheduledEvent::sentAt));
    return publications;
  }

  /** The workspaces, campaigns and grants that become known in the time, without their usage. */
  List<ScheduledEvent> milestones(Instant from, Instant to) {
    List<ScheduledEvent> publications = new ArrayList<>();
    for (WorkspacePlan workspace : customers) {
      for (ScheduledEvent publication : milestones.get(workspace.id()).until(to)) {
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

  private static ScheduledEvent publication(Activity happening, Instant sentAt) {
    if (happening.event() instanceof LeadSourced sourced) {
      return ScheduledEvent.of(sourced, sentAt);
    } else if (happening.event() instanceof PhoneRevealed revealed) {
      return ScheduledEvent.of(revealed, sentAt);
    } else if (happening.event() instanceof EmailSent sent) {
      return ScheduledEvent.of(sent, sentAt);
    }
    return ScheduledEvent.of((UsageReversed) happening.event(), sentAt);
  }
}
