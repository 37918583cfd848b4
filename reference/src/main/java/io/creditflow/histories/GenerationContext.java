package io.creditflow.histories;

import io.creditflow.reference.ReferenceDays;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceRules.Charged;
import io.creditflow.reference.ReferenceRules.Price;
import io.creditflow.zone.TimeZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules, ids, zones and times of a history. Instants come from a small set of marks (clock
 * changes, starts of days, full hours) and their neighbours, and ids from small sets, so that
 * records often collide.
 */
final class GenerationContext {
  /** Instants near unusual clock changes and zone offsets. */
  private static final List<Anchor> ANCHORS =
      List.of(
          new Anchor("Europe/Berlin", "2026-03-29T01:00:00Z"),
          new Anchor("Europe/Berlin", "2026-10-25T01:00:00Z"),
          new Anchor("America/New_York", "2026-03-08T07:00:00Z"),
          new Anchor("America/New_York", "2026-11-01T06:00:00Z"),
          new Anchor("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
          new Anchor("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
          new Anchor("Asia/Kathmandu", "2026-05-10T18:15:00Z"),
          new Anchor("America/Santiago", "2026-04-05T03:00:00Z"),
          new Anchor("America/St_Johns", "2010-11-07T02:31:00Z"),
          new Anchor("Pacific/Apia", "2011-12-30T10:00:00Z"),
          new Anchor("UTC", "2026-06-01T00:00:00Z"));

  private static final List<String> EVENT_PREFIXES =
      List.of("e", "e", "e", "E", "é", "\uFF5E", "\uD83D\uDE00");

  final SeededRandom dice;
  final ReferenceRules rules;
  final List<String> workspaceIds;
  final List<String> campaignIds;
  final List<String> grantIds;
  final List<String> zones;
  final List<Instant> marks;

  /** Records arrive between {@code begin} and {@code end}. */
  final Instant begin;

  final Instant end;

  GenerationContext(SeededRandom dice) {
    this.dice = dice;
    Anchor anchor = dice.pick(ANCHORS);
    Duration span =
        switch (dice.weighted(20, 25, 30, 25)) {
          case 0 -> Duration.ofHours(dice.between(12, 48));
          case 1 -> Duration.ofDays(dice.between(4, 12));
          case 2 -> Duration.ofDays(dice.between(30, 60));
          default -> Duration.ofDays(dice.between(70, 150));
        };
    begin = anchor.instant.minusMillis(dice.upTo(span).toMillis() / 1000 * 1000);
    end = begin.plus(span);
    marks = marks(anchor);
    zones = List.of(anchor.zone, anchor.zone, dice.pick(ANCHORS).zone, "UTC", "Asia/Kathmandu");
    workspaceIds =
        dice.chance(70)
            ? List.of("w")
            : List.of("w", "w\uFF5E", "w\uD83D\uDE00").subList(0, dice.between(2, 3));
    campaignIds = campaignIds();
    grantIds = List.of("g1", "g2", "g3", "g4", "g\uFF5E", "g\uD83D\uDE00");
    rules = rules();
  }

  /** A context for the five weeks before now, with the default rules. */
  GenerationContext(SeededRandom dice, Instant now, List<String> workspaceIds) {
    this.dice = dice;
    this.workspaceIds = workspaceIds;
    rules = ReferenceRules.DEFAULT;
    begin = now.minus(rules.ageLimit());
    end = now;
    Anchor zone = dice.pick(ANCHORS);
    marks = marks(new Anchor(zone.zone, dice.instant(begin, now).truncatedTo(ChronoUnit.HOURS)));
    zones = List.of(zone.zone, dice.pick(ANCHORS).zone, "UTC", "Asia/Kathmandu");
    campaignIds = List.of("c1", "c2", "C2", "c\uFF5E", "c\uD83D\uDE00");
    grantIds = List.of("g1", "g2", "g3", "g4", "g\uFF5E", "g\uD83D\uDE00");
  }

  private List<Instant> marks(Anchor anchor) {
    List<Instant> found = new ArrayList<>();
    found.add(anchor.instant);
    found.add(anchor.instant.plusSeconds(3600L * dice.between(-2, 2)));
    ZoneId zone = TimeZones.inUse().of(anchor.zone);
    LocalDate day = ReferenceDays.of(anchor.instant, zone);
    found.add(ReferenceDays.start(day, zone));
    found.add(ReferenceDays.start(day.plusDays(1), zone));
    found.add(ReferenceDays.start(day.plusDays(dice.between(-3, 3)), zone));
    found.add(begin);
    found.add(end);
    for (int more = 0; more < 4; more++) {
      long seconds = dice.instant(begin, end).getEpochSecond();
      found.add(Instant.ofEpochSecond(seconds - seconds % dice.pick(List.of(900L, 3600L, 86400L))));
    }
    return List.copyOf(found);
  }

  private List<String> campaignIds() {
    if (!dice.chance(4)) {
      return List.of("c1", "c2", "C2", "c\uFF5E", "c\uD83D\uDE00").subList(0, dice.between(1, 5));
    }
    List<String> many = new ArrayList<>();
    for (int number = 1; number <= 30; number++) {
      many.add("c" + number);
    }
    return many;
  }

  private ReferenceRules rules() {
    ReferenceRules chosen =
        dice.chance(16) ? ReferenceRules.DEFAULT.backfill() : ReferenceRules.DEFAULT;
    if (dice.chance(82)) {
      return chosen;
    }
    return chosen.withPrices(
        List.of(
            new Price(Charged.LEAD_SOURCED, dice.pick(marks), 2),
            new Price(Charged.PHONE_REVEALED, dice.pick(marks), 3)));
  }

  /** A mark, a neighbour of a mark, or a random instant between two instants. */
  Instant between(Instant first, Instant last) {
    List<Instant> within =
        marks.stream().filter(mark -> !mark.isBefore(first) && !mark.isAfter(last)).toList();
    if (within.isEmpty() || dice.chance(35)) {
      return dice.instant(first, last);
    }
    Instant mark = dice.pick(within);
    Instant moved = dice.chance(75) ? mark : mark.plusMillis(dice.chance(50) ? 1 : -1);
    return moved.isBefore(first) || moved.isAfter(last) ? mark : moved;
  }

  /**
   * The event time of usage, an e-mail or a reversal that arrives at {@code arrival}; mostly within
   * the limits.
   */
  Instant eventTime(Instant arrival) {
    Duration age = ReferenceRules.DEFAULT.ageLimit();
    Duration future = rules.futureLimit();
    return switch (dice.weighted(18, 18, 34, 16, 2, 2, 4, 2, 2, 2)) {
      case 0 -> arrival;
      case 1 -> arrival.minus(dice.upTo(Duration.ofMinutes(90)));
      case 2 -> between(arrival.minus(age), arrival);
      case 3 -> arrival.minus(dice.upTo(Duration.ofDays(6)));
      case 4 -> arrival.minus(age);
      case 5 -> arrival.plus(future);
      case 6 -> arrival.plus(dice.upTo(future));
      case 7 -> arrival.minus(age).minusMillis(1);
      case 8 -> arrival.plus(future).plusMillis(1);
      default -> arrival.minus(age).minus(dice.upTo(Duration.ofDays(60)));
    };
  }

  String eventId(int number) {
    return dice.pick(EVENT_PREFIXES) + number;
  }

  private record Anchor(String zone, Instant instant) {
    Anchor(String zone, String instant) {
      this(zone, Instant.parse(instant));
    }
  }
}
