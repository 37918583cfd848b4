package io.creditflow.zone;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.time.DateTimeZone;

/**
 * A zone of Joda-Time's data as java.time has it, from 1970 on: transitions one by one up to 2100,
 * then by the rules that they follow. A zone whose rules java.time cannot say has its transitions
 * one by one for ever, which takes 2 MB.
 */
final class CompiledZone {
  private static final int RULES_FROM_YEAR = 2100;

  /** The calendar of days of the week repeats after 400 years. */
  private static final int CYCLE_YEARS = 400;

  private static final int LAST_YEAR = 9_999;

  private CompiledZone() {}

  static ZoneRules rules(DateTimeZone zone) {
    List<ZoneOffsetTransition> transitions = transitions(zone, 1970, RULES_FROM_YEAR - 1);
    List<ZoneOffsetTransition> later =
        transitions(zone, RULES_FROM_YEAR, RULES_FROM_YEAR + CYCLE_YEARS - 1);
    if (later.isEmpty()) {
      return rules(zone, transitions, List.of());
    }
    List<ZoneOffsetTransitionRule> repeated = repeated(later);
    if (!repeated.isEmpty()) {
      ZoneRules rules = rules(zone, transitions, repeated);
      if (later.equals(of(rules))) {
        return rules;
      }
    }
    return rules(zone, transitions(zone, 1970, LAST_YEAR), List.of());
  }

  private static ZoneRules rules(
      DateTimeZone zone,
      List<ZoneOffsetTransition> transitions,
      List<ZoneOffsetTransitionRule> repeated) {
    ZoneOffset first = offset(zone, -1);
    return ZoneRules.of(first, first, List.of(), transitions, repeated);
  }

  /** Those of the years given, both included; what changes no offset is none. */
  private static List<ZoneOffsetTransition> transitions(DateTimeZone zone, int from, int to) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    long end = startOf(to + 1);
    long at = startOf(from) - 1;
    for (long next = zone.nextTransition(at); next != at && next < end; ) {
      ZoneOffset before = offset(zone, next - 1);
      ZoneOffset after = offset(zone, next);
      if (!before.equals(after)) {
        LocalDateTime wall = LocalDateTime.ofEpochSecond(secondOf(next), 0, before);
        transitions.add(ZoneOffsetTransition.of(wall, before, after));
      }
      at = next;
      next = zone.nextTransition(at);
    }
    return transitions;
  }

  /** The data says 23:59:59.999 for 24:00. */
  private static long secondOf(long transition) {
    return Math.floorDiv(transition + 999, 1_000L);
  }

  private static long startOf(int year) {
    return LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static ZoneOffset offset(DateTimeZone zone, long millis) {
    return ZoneOffset.ofTotalSeconds(zone.getOffset(millis) / 1_000);
  }

  /** By these rules, of the same years. */
  private static List<ZoneOffsetTransition> of(ZoneRules rules) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    Instant end = Instant.ofEpochMilli(startOf(RULES_FROM_YEAR + CYCLE_YEARS));
    ZoneOffsetTransition next =
        rules.nextTransition(Instant.ofEpochMilli(startOf(RULES_FROM_YEAR) - 1));
    while (next != null && next.getInstant().isBefore(end)) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return transitions;
  }

  /** What the first, the second, ... transition of each year have in common; empty if nothing. */
  private static List<ZoneOffsetTransitionRule> repeated(List<ZoneOffsetTransition> transitions) {
    Map<Integer, List<ZoneOffsetTransition>> byYear = new TreeMap<>();
    for (ZoneOffsetTransition transition : transitions) {
      byYear
          .computeIfAbsent(transition.getDateTimeBefore().getYear(), year -> new ArrayList<>())
          .add(transition);
    }
    List<ZoneOffsetTransitionRule> rules = new ArrayList<>();
    int each = byYear.values().iterator().next().size();
    for (int i = 0; i < each; i++) {
      int place = i;
      if (byYear.values().stream().anyMatch(ofYear -> ofYear.size() != each)) {
        return List.of();
      }
      rules.add(rule(byYear.values().stream().map(ofYear -> ofYear.get(place)).toList()));
    }
    return rules;
  }

  /** The first day of the month that it ever falls on, or the day of the week on or after that. */
  private static ZoneOffsetTransitionRule rule(List<ZoneOffsetTransition> ofYears) {
    ZoneOffsetTransition first = ofYears.get(0);
    LocalDateTime wall = first.getDateTimeBefore();
    DayOfWeek day = wall.getDayOfWeek();
    boolean isOneDay =
        ofYears.stream().allMatch(one -> one.getDateTimeBefore().getDayOfWeek() == day);
    int earliest =
        ofYears.stream().mapToInt(one -> one.getDateTimeBefore().getDayOfMonth()).min().orElse(1);
    return ZoneOffsetTransitionRule.of(
        wall.getMonth(),
        earliest,
        isOneDay ? day : null,
        wall.toLocalTime(),
        false,
        TimeDefinition.WALL,
        first.getOffsetBefore(),
        first.getOffsetBefore(),
        first.getOffsetAfter());
  }
}
