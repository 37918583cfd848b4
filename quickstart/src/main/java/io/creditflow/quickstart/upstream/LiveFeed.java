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
 * Generates live events one by one: leads at the rate of the simulated history, a few more at any
 * hour, so that every page has new data, and e-mails to reach the requested event rate. The rate of
 * leads must not exceed the history's, because it would raise a spike alert in every campaign.
 */
final class LiveFeed {
  private static final int LEADS_REMEMBERED = 50;

  /** Leads per hour that an active campaign sources at any hour, in addition to its usual rate. */
  private static final double LEADS_PER_HOUR_MIN = 3;

  /** Phone reveals per lead. */
  private static final double PHONES = 0.3;

  /** Reversals per lead. */
  private static final double REVERSALS = 0.02;

  private final SimulatedHistory history;
  private final SplittableRandom random;
  private final Deque<LeadSourced> recentLeads = new ArrayDeque<>();

  /** A campaign of a workspace, and the leads that it sources per hour. */
  private record CampaignRate(
      WorkspacePlan workspace, CampaignPlan campaign, double leadsPerHour) {}

  LiveFeed(SimulatedHistory history, SplittableRandom random) {
    this.history = history;
    this.random = random;
  }

  /**
   * The next event, with this event time.
   *
   * @param eventsPerSecond the requested rate of all events, e-mails included
   */
  ScheduledEvent next(Instant now, double eventsPerSecond) {
    List<CampaignRate> rates = rates(now);
    double leadShare =
        rates.stream().mapToDouble(CampaignRate::leadsPerHour).sum() / 3_600 / eventsPerSecond;
    // In units of the lead rate: below 1 is a lead, the next PHONES a phone reveal, and so on.
    double draw = random.nextDouble() / leadShare;
    if (draw < 1 || recentLeads.isEmpty()) {
      return ScheduledEvent.of(source(pick(rates), now), now);
    }
    LeadSourced lead = recentLead();
    if (draw < 1 + PHONES) {
      return ScheduledEvent.of(
          new PhoneRevealed(
              id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
          now);
    } else if (draw < 1 + PHONES + REVERSALS) {
      recentLeads.remove(lead);
      String reason = "Duplicate of a lead already owned";
      return ScheduledEvent.of(
          new UsageReversed(id(), lead.getWorkspaceId(), lead.getEventId(), reason, now), now);
    }
    return ScheduledEvent.of(
        new EmailSent(id(), lead.getWorkspaceId(), lead.getCampaignId(), lead.getLeadId(), now),
        now);
  }

  private LeadSourced source(CampaignRate rate, Instant now) {
    LeadSourced lead =
        new LeadSourced(
            id(),
            rate.workspace().id(),
            rate.campaign().id(),
            "lead-" + id().substring(0, 10),
            rate.campaign().source(),
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

  private List<CampaignRate> rates(Instant now) {
    return history.customers().stream()
        .flatMap(
            w -> w.campaigns().stream().map(c -> new CampaignRate(w, c, leadsPerHour(w, c, now))))
        .toList();
  }

  private CampaignRate pick(List<CampaignRate> rates) {
    double remaining =
        random.nextDouble() * rates.stream().mapToDouble(CampaignRate::leadsPerHour).sum();
    for (CampaignRate rate : rates) {
      remaining -= rate.leadsPerHour();
      if (remaining < 0) {
        return rate;
      }
    }
    return rates.get(0); // all campaigns have ended; the first one continues
  }

  private double leadsPerHour(WorkspacePlan workspace, CampaignPlan campaign, Instant now) {
    var local = now.atZone(workspace.zone());
    long day = ChronoUnit.DAYS.between(history.today(workspace), local.toLocalDate());
    boolean active = campaign.status() == CampaignStatus.ACTIVE && campaign.intensity(day) > 0;
    return active ? campaign.leadsPerDay() * ActivityProfile.at(local) + LEADS_PER_HOUR_MIN : 0;
  }

  private String id() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
