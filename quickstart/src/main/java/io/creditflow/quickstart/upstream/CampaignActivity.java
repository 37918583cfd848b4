package io.creditflow.quickstart.upstream;

import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * Generates the usage of one campaign hour by hour: leads in the workspace's working hours, then
 * phone reveals and e-mails for some of them, and a few reversals. The same hour always has the
 * same events.
 */
final class CampaignActivity {
  private static final double LATE_SHARE = 0.02;
  private static final double REPEATED_SHARE = 0.015;
  private static final double REVERSED_SHARE = 0.007;
  private static final double EMAILED_SHARE = 0.8;

  private static final List<String> REASONS =
      List.of(
          "Duplicate of a lead already owned",
          "Wrong person",
          "Contact left the company",
          "Number not in service",
          "Opted out before first contact");

  private final WorkspacePlan workspace;
  private final CampaignPlan campaign;
  private final LocalDate today;

  /**
   * @param today the day that counts as day 0, in the workspace's zone
   */
  CampaignActivity(WorkspacePlan workspace, CampaignPlan campaign, LocalDate today) {
    this.workspace = workspace;
    this.campaign = campaign;
    this.today = today;
  }

  /**
   * The leads from {@code from} (included) to {@code to} (excluded) and the events that follow from
   * them before {@code to}, unordered. Hence the usage event of each reversal is in the result,
   * too.
   */
  List<SimulatedEvent> between(Instant from, Instant to) {
    List<SimulatedEvent> events = new ArrayList<>();
    Instant hour = from.truncatedTo(ChronoUnit.HOURS);
    while (hour.isBefore(to)) {
      addHour(hour, from, events);
      hour = hour.plus(1, ChronoUnit.HOURS);
    }
    events.removeIf(event -> !event.occurredAt().isBefore(to));
    return events;
  }

  /**
   * An event with its event time, its times of sending and its price.
   *
   * @param sentAt the times of sending: one, or several for a repeated event
   * @param credits negative for a reversal
   */
  record SimulatedEvent(
      SpecificRecord event, Instant occurredAt, List<Instant> sentAt, long credits) {}

  /**
   * Adds the leads of one hour that are not before {@code from}, and the events that follow from
   * them.
   */
  private void addHour(Instant hour, Instant from, List<SimulatedEvent> events) {
    ZonedDateTime local = hour.atZone(workspace.zone());
    double intensity = campaign.intensity(ChronoUnit.DAYS.between(today, local.toLocalDate()));
    double expected = campaign.leadsPerDay() * intensity * ActivityProfile.at(local);
    SplittableRandom random =
        new SplittableRandom(Objects.hash(workspace.id(), campaign.id(), hour.toEpochMilli()));
    for (int leads = poisson(expected, random); leads > 0; leads--) {
      List<SimulatedEvent> ofLead = new ArrayList<>();
      Instant at = hour.plusMillis(random.nextLong(3_600_000));
      lead(at, random, ofLead);
      if (!at.isBefore(from)) {
        events.addAll(ofLead);
      }
    }
  }

  private void lead(Instant at, SplittableRandom random, List<SimulatedEvent> events) {
    String leadId = "lead-" + hex(random).substring(0, 10);
    LeadSourced sourced =
        new LeadSourced(hex(random), workspace.id(), campaign.id(), leadId, campaign.source(), at);
    events.add(simulated(sourced, at, 1, random));
    reverseSometimes(sourced.getEventId(), at, random, events);
    if (random.nextDouble() < campaign.phoneShare()) {
      Instant revealedAt = at.plusMillis(random.nextLong(3 * 3_600_000));
      PhoneRevealed revealed =
          new PhoneRevealed(hex(random), workspace.id(), campaign.id(), leadId, revealedAt);
      events.add(simulated(revealed, revealedAt, 1, random));
      reverseSometimes(revealed.getEventId(), revealedAt, random, events);
    }
    if (random.nextDouble() < EMAILED_SHARE) {
      Instant sentAt = at.plusMillis(random.nextLong(6 * 3_600_000));
      EmailSent sent = new EmailSent(hex(random), workspace.id(), campaign.id(), leadId, sentAt);
      events.add(simulated(sent, sentAt, 0, random));
    }
  }

  private void reverseSometimes(
      String eventId, Instant usedAt, SplittableRandom random, List<SimulatedEvent> events) {
    if (random.nextDouble() < REVERSED_SHARE) {
      Instant at = usedAt.plusMillis(random.nextLong(60_000, 72 * 3_600_000));
      String reason = REASONS.get(random.nextInt(REASONS.size()));
      UsageReversed reversed = new UsageReversed(hex(random), workspace.id(), eventId, reason, at);
      events.add(simulated(reversed, at, -1, random));
    }
  }

  private static SimulatedEvent simulated(
      SpecificRecord event, Instant at, long credits, SplittableRandom random) {
    Instant first = at.plusMillis(random.nextLong(50, 2_000));
    if (random.nextDouble() < LATE_SHARE) {
      first = first.plusMillis(random.nextLong(60_000, 72 * 3_600_000));
    }
    List<Instant> sentAt = new ArrayList<>(List.of(first));
    while (random.nextDouble() < REPEATED_SHARE) {
      sentAt.add(first.plusMillis(random.nextLong(1_000, 3_600_000)));
    }
    return new SimulatedEvent(event, at, sentAt, credits);
  }

  /**
   * A random number from the Poisson distribution, by Knuth's algorithm for small expected values.
   */
  private static int poisson(double expected, SplittableRandom random) {
    double limit = Math.exp(-expected);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  private static String hex(SplittableRandom random) {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
