package io.creditflow.histories;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.histories.HistoryStep.Deliver;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Generates the records of one workspace, which often refer to earlier records. */
final class EventGenerator {
  /** Characters of one byte and of four. */
  private static final List<String> WIDTHS = List.of("y", "\uD83D\uDCB3");

  private final GenerationContext world;
  private final SeededRandom dice;
  private final String workspaceId;
  private final GrantGenerator grants;
  private final RememberedIds memory;
  private final List<Deliver> delivered = new ArrayList<>();
  private final List<String> promised = new ArrayList<>();
  private int number;

  EventGenerator(GenerationContext world, String workspaceId) {
    this.world = world;
    this.dice = world.dice;
    this.workspaceId = workspaceId;
    this.grants = new GrantGenerator(world, workspaceId);
    this.memory = new RememberedIds(world.rules);
  }

  String workspaceId() {
    return workspaceId;
  }

  Deliver next(Instant arrival) {
    Deliver next = attempt(arrival);
    for (int retry = 0; retry < 8 && !memory.settles(next.event(), arrival); retry++) {
      next = attempt(arrival);
    }
    if (!memory.settles(next.event(), arrival)) {
      next = new Deliver(Topics.LEAD_SOURCED, lead(freshId(), arrival), arrival);
    }
    delivered.add(next);
    memory.note(next.event(), arrival);
    return next;
  }

  private Deliver attempt(Instant arrival) {
    int early = delivered.size() < 4 ? 20 : 0;
    return switch (dice.weighted(30, 14, 4, 13, 8 + early, 8, 6, 4, 6, 6, 3)) {
      case 0 -> new Deliver(Topics.LEAD_SOURCED, lead(usageId(), arrival), arrival);
      case 1 -> new Deliver(Topics.PHONE_REVEALED, phone(usageId(), arrival), arrival);
      case 2 -> new Deliver(Topics.EMAIL_SENT, email(usageId(), arrival), arrival);
      case 3 -> new Deliver(Topics.USAGE_REVERSED, reversal(freshId(), arrival), arrival);
      case 4 -> new Deliver(Topics.CREDIT_GRANTS, grants.granted(freshId()), arrival);
      case 5 -> new Deliver(Topics.CREDIT_GRANTS, grants.voided(freshId(), arrival), arrival);
      case 6 -> new Deliver(Topics.CAMPAIGNS, campaign(freshId(), arrival), arrival);
      case 7 -> new Deliver(Topics.WORKSPACES, workspace(freshId(), arrival), arrival);
      case 8 -> repeat(arrival);
      case 9 -> conflict(arrival);
      default -> broken(arrival);
    };
  }

  private String freshId() {
    return world.eventId(++number);
  }

  /** A new id, or sometimes the id of an event whose reversal has already arrived. */
  private String usageId() {
    if (promised.isEmpty() || !dice.chance(50)) {
      return freshId();
    }
    String id = dice.pick(promised);
    promised.remove(id);
    return id;
  }

  private LeadSourced lead(String id, Instant arrival) {
    LeadSource source = dice.pick(List.of(LeadSource.values()));
    Instant at = world.eventTime(arrival);
    return new LeadSourced(id, workspaceId, dice.pick(world.campaignIds), leadId(), source, at);
  }

  private PhoneRevealed phone(String id, Instant arrival) {
    Instant at = world.eventTime(arrival);
    return new PhoneRevealed(id, workspaceId, dice.pick(world.campaignIds), leadId(), at);
  }

  private EmailSent email(String id, Instant arrival) {
    Instant at = world.eventTime(arrival);
    return new EmailSent(id, workspaceId, dice.pick(world.campaignIds), leadId(), at);
  }

  private String leadId() {
    return "l" + dice.between(1, 4);
  }

  private UsageReversed reversal(String id, Instant arrival) {
    String reason = dice.chance(70) ? "r" + number : null;
    return new UsageReversed(id, workspaceId, target(), reason, world.eventTime(arrival));
  }

  private String target() {
    List<String> usage = ids(ReferenceValidation::isUsage);
    List<String> others = ids(event -> !ReferenceValidation.isUsage(event));
    List<String> reversed =
        delivered.stream()
            .filter(one -> one.event() instanceof UsageReversed)
            .map(one -> ((UsageReversed) one.event()).getReversedEventId())
            .toList();
    int kind = dice.weighted(58, 16, 20, 6);
    if (kind == 0 && !usage.isEmpty()) {
      return dice.pick(usage);
    }
    if (kind == 2 && !reversed.isEmpty()) {
      return dice.pick(reversed);
    }
    if (kind == 3 && !others.isEmpty()) {
      return dice.pick(others);
    }
    String coming = freshId();
    promised.add(coming);
    return coming;
  }

  private List<String> ids(java.util.function.Predicate<SpecificRecord> which) {
    return delivered.stream()
        .map(Deliver::event)
        .filter(event -> !(event instanceof UsageReversed) || dice.chance(30))
        .filter(which)
        .map(ReferenceValidation::eventId)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private CampaignChanged campaign(String id, Instant arrival) {
    String name = "Campaign " + (char) ('A' + dice.between(0, 5));
    return campaign(id, name, dice.chance(50) ? null : (long) dice.between(1, 50), arrival);
  }

  private CampaignChanged campaign(String id, String name, Long quota, Instant arrival) {
    String campaignId = dice.pick(world.campaignIds);
    Instant startsAt = dice.chance(60) ? null : world.between(world.begin, world.end);
    return new CampaignChanged(
        id,
        workspaceId,
        campaignId,
        name,
        dice.pick(List.of(LeadSource.values())),
        dice.pick(List.of(CampaignStatus.values())),
        quota,
        startsAt,
        startsAt == null ? null : startsAt.plus(java.time.Duration.ofDays(dice.between(1, 90))),
        old(arrival));
  }

  private WorkspaceChanged workspace(String id, Instant arrival) {
    String name = "Workspace " + (char) ('A' + dice.between(0, 5));
    return new WorkspaceChanged(id, workspaceId, name, dice.pick(world.zones), old(arrival));
  }

  /** The event time of a workspace or campaign version, which may have any age. */
  private Instant old(Instant arrival) {
    return switch (dice.weighted(30, 50, 15, 5)) {
      case 0 -> arrival;
      case 1 -> world.between(world.begin.minusSeconds(86_400), arrival);
      case 2 -> arrival.plus(dice.upTo(world.rules.futureLimit()));
      default -> arrival.plus(world.rules.futureLimit()).plusMillis(1);
    };
  }

  private Deliver repeat(Instant arrival) {
    if (delivered.isEmpty()) {
      return attempt(arrival);
    }
    Deliver again = dice.pick(delivered);
    return new Deliver(again.topic(), again.event(), arrival);
  }

  /** A record with the id of an earlier record but other content, of the same or another type. */
  private Deliver conflict(Instant arrival) {
    List<String> usedIds = ids(event -> true);
    if (usedIds.isEmpty()) {
      return attempt(arrival);
    }
    String id = dice.pick(usedIds);
    return switch (dice.weighted(40, 20, 8, 12, 8, 8, 4)) {
      case 0 -> new Deliver(Topics.LEAD_SOURCED, lead(id, arrival), arrival);
      case 1 -> new Deliver(Topics.PHONE_REVEALED, phone(id, arrival), arrival);
      case 2 -> new Deliver(Topics.EMAIL_SENT, email(id, arrival), arrival);
      case 3 -> new Deliver(Topics.USAGE_REVERSED, reversal(id, arrival), arrival);
      case 4 -> new Deliver(Topics.CREDIT_GRANTS, grants.granted(id), arrival);
      case 5 -> new Deliver(Topics.CREDIT_GRANTS, grants.voided(id, arrival), arrival);
      default -> new Deliver(Topics.CAMPAIGNS, campaign(id, arrival), arrival);
    };
  }

  private Deliver broken(Instant arrival) {
    String tooLong = dice.pick(WIDTHS).repeat(256) + (dice.chance(50) ? "x" : "");
    Instant absurd =
        Instant.parse(dice.chance(50) ? "1999-12-31T23:59:59.999Z" : "1970-01-01T00:00:00Z");
    String campaignId = world.campaignIds.get(0);
    return switch (dice.weighted(1, 1, 1, 1, 1, 2, 1, 1, 1)) {
      case 0 -> new Deliver(Topics.LEAD_SOURCED, phone(freshId(), arrival), arrival);
      case 1 -> new Deliver(Topics.LEAD_SOURCED, lead("", arrival), arrival);
      case 2 -> new Deliver(Topics.PHONE_REVEALED, phone(tooLong, arrival), arrival);
      case 3 ->
          new Deliver(
              Topics.PHONE_REVEALED,
              new PhoneRevealed(freshId(), workspaceId, campaignId, "", arrival),
              arrival);
      case 4 ->
          new Deliver(
              Topics.PHONE_REVEALED,
              new PhoneRevealed(freshId(), workspaceId, campaignId, "l1", absurd),
              arrival);
      case 5 -> new Deliver(Topics.CREDIT_GRANTS, grants.broken(freshId()), arrival);
      case 6 -> new Deliver(Topics.CAMPAIGNS, atBounds(arrival), arrival);
      case 7 ->
          new Deliver(
              Topics.USAGE_REVERSED,
              new UsageReversed(freshId(), workspaceId, target(), longText(), arrival),
              arrival);
      default ->
          new Deliver(
              Topics.WORKSPACES,
              new WorkspaceChanged(
                  freshId(),
                  workspaceId,
                  "Nowhere",
                  dice.pick(List.of("Mars/Olympus", "+01:00", "europe/berlin")),
                  arrival),
              arrival);
    };
  }

  /** A campaign whose quota and name have the maximum size or slightly more. */
  private CampaignChanged atBounds(Instant arrival) {
    List<Long> quotas = List.of(-1L, 0L, 1_000_000_000_000L, 1_000_000_000_001L);
    return campaign(freshId(), longText(), dice.pick(quotas), arrival);
  }

  private String longText() {
    return dice.pick(WIDTHS).repeat(dice.chance(70) ? 4_000 : 4_001);
  }
}
