package io.creditflow.quickstart.upstream;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens next, one event at a time: leads as often as the story's rhythm has them, a few more
 * at any hour, so that every page has something to show; emails in between. A present that spent
 * more than its past would be a spike in every campaign.
 */
final class LiveFeed {
  private static final int LEADS_REMEMBERED = 50;

  /** Leads an hour that an active campaign sources at any hour, on top of its rhythm. */
  private static final double ALWAYS = 3;

  /** Phones revealed, and events reversed, per lead. */
  private static final double PHONES = 0.3;

  private static final double REVERSALS = 0.02;

  private final SimulatedHistory history;
  private final SplittableRandom random;
  private final Deque<LeadSourced> recentLeads = new ArrayDeque<>();

  /** A campaign of a workspace, and the leads it sources in an hour. */
  private record Place(WorkspacePlan workspace, CampaignPlan campaign, double leads) {}

  LiveFeed(SimulatedHistory history, SplittableRandom random) {
    this.history = history;
    this.random = random;
  }

  /**
   * The next event, happening at the instant.
   *
   * @param eventsPerSecond how many are asked for, emails included
   */
  ScheduledEvent next(Instant now, double eventsPerSecond) {
    List<Place> places = places(now);
    double leads = places.stream().mapToDouble(Place::leads).sum() / 3_600 / eventsPerSecond;
    double kind = random.nextDouble() / leads;
    if (kind < 1 || recentLeads.isEmpty()) {
      return ScheduledEvent.of(source(pick(places), now), now);
    }
    LeadSourced lead = recentLead();
    if (kind < 1 + PHONES) {
      return ScheduledEvent.of(
          new PhoneRevealed(
              id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
          now);
    } else if (kind < 1 + PHONES + REVERSALS) {
      recentLeads.remove(lead);
      String reason = "Duplicate of a lead already owned";
      return ScheduledEvent.of(
          new UsageReversed(id(), lead.getWorkspaceId(), lead.getEventId(), reason, now), now);
    }
    return ScheduledEvent.of(
        new EmailSent(id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
        now);
  }

  private LeadSourced source(Place place, Instant now) {
    LeadSourced lead =
        new LeadSourced(
            id(),
            place.workspace().id(),
            place.campaign().id(),
            "lead-" + id().substring(0, 10),
            place.campaign().source(),
            now.truncatedTo(ChronoUnit.MILLIS));
    recentLeads.addLast(lead);
    if (recentLeads.size() > LEADS_REMEMBERED) {
      recentLeads.removeFirst();
    }
    return lead;
  }

  private LeadSourced recentLead() {
    return recentLeads.stream().skip(random.nextInt(recentLeads.size())).findFirst().orElseThrow();
  }

  private List<Place> places(Instant now) {
    return history.customers().stream()
        .flatMap(w -> w.campaigns().stream().map(c -> new Place(w, c, leads(w, c, now))))
        .toList();
  }

  private Place pick(List<Place> places) {
    double left = random.nextDouble() * places.stream().mapToDouble(Place::leads).sum();
    for (Place place : places) {
      left -= place.leads();
      if (left < 0) {
        return place;
      }
    }
    return places.get(0); // everything has ended: the first campaign works on
  }

  private double leads(WorkspacePlan workspace, CampaignPlan campaign, Instant now) {
    var local = now.atZone(workspace.zone());
    long day = ChronoUnit.DAYS.between(history.today(workspace), local.toLocalDate());
    boolean active = campaign.status() == CampaignStatus.ACTIVE && campaign.intensity(day) > 0;
    return active ? campaign.leadsPerDay() * ActivityProfile.at(local) + ALWAYS : 0;
  }

  private String id() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
