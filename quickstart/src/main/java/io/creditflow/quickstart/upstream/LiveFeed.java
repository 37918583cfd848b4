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
import java.util.SplittableRandom;

/**
 * What happens next, one event at a time: mostly where people are at work now, but everywhere a
 * little, so that every page has something to show.
 */
final class LiveFeed {
  private static final int LEADS_REMEMBERED = 50;

  /** Part of a working hour's weight that a campaign has at any hour. */
  private static final double ALWAYS = 0.02;

  private final Story story;
  private final SplittableRandom random;
  private final Deque<LeadSourced> recentLeads = new ArrayDeque<>();

  /** A campaign of a workspace. */
  private record Place(WorkspacePlan workspace, CampaignPlan campaign, double weight) {}

  LiveFeed(Story story, SplittableRandom random) {
    this.story = story;
    this.random = random;
  }

  /** The next event, happening at the instant. */
  Publication next(Instant now) {
    double kind = random.nextDouble();
    LeadSourced lead = kind < 0.45 || recentLeads.isEmpty() ? source(now) : recentLead();
    if (lead.getOccurredAt().equals(now)) {
      return Publication.of(lead, now);
    } else if (kind < 0.6) {
      return Publication.of(
          new PhoneRevealed(
              id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
          now);
    } else if (kind < 0.61) {
      recentLeads.remove(lead);
      String reason = "Duplicate of a lead already owned";
      return Publication.of(
          new UsageReversed(id(), lead.getWorkspaceId(), lead.getEventId(), reason, now), now);
    }
    return Publication.of(
        new EmailSent(id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
        now);
  }

  private LeadSourced source(Instant now) {
    Place place = place(now);
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

  private Place place(Instant now) {
    var places =
        story.cast().stream()
            .flatMap(w -> w.campaigns().stream().map(c -> new Place(w, c, weight(w, c, now))))
            .toList();
    double left = random.nextDouble() * places.stream().mapToDouble(Place::weight).sum();
    for (Place place : places) {
      left -= place.weight();
      if (left < 0) {
        return place;
      }
    }
    return places.get(0); // everything has ended: the first campaign works on
  }

  private double weight(WorkspacePlan workspace, CampaignPlan campaign, Instant now) {
    var local = now.atZone(workspace.zone());
    long day = ChronoUnit.DAYS.between(story.today(workspace), local.toLocalDate());
    boolean active = campaign.status() == CampaignStatus.ACTIVE && campaign.intensity(day) > 0;
    return active ? campaign.leadsPerDay() * (Rhythm.at(local) + ALWAYS) : 0;
  }

  private String id() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
