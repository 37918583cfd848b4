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
 * Converts a zone of Joda-Time's data to java.time rules, from 1970 on. Transitions before 2100 are
 * listed one by one; later ones follow recurring rules. If java.time cannot express a zone's
 * recurring rules, all its transitions up to the year 9999 are listed, which takes 2 MB.
 */
final class CompiledZone {
  private static final int RULES_FROM_YEAR = 2100;

  /** The days of the week repeat every 400 years. */
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

  /**
   * The transitions of the years {@code from} to {@code to}, both included. A transition that
   * leaves the offset unchanged is omitted.
   */
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

  /** Rounds up to a full second: the data has 23:59:59.999 for 24:00. */
  private static long secondOf(long transition) {
    return Math.floorDiv(transition + 999, 1_000L);
  }

  private static long startOf(int year) {
    return LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static ZoneOffset offset(DateTimeZone zone, long millis) {
    return ZoneOffset.ofTotalSeconds(zone.getOffset(millis) / 1_000);
  }

  /** The transitions that these rules produce in the years of one cycle from 2100 on. */
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

  /**
   * One rule for the first transition of every year, one for the second, and so on; empty if years
   * differ in their number of transitions.
   */
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

  /**
   * A rule for transitions of the same month: on a fixed day of the week on or after the earliest
   * day of the month, or on that earliest day itself.
   */
  private static ZoneOffsetTransitionRule rule(List<ZoneOffsetTransition> oneOfEachYear) {
    ZoneOffsetTransition first = oneOfEachYear.get(0);
    LocalDateTime wall = first.getDateTimeBefore();
    DayOfWeek day = wall.getDayOfWeek();
    boolean isOneDay =
        oneOfEachYear.stream().allMatch(one -> one.getDateTimeBefore().getDayOfWeek() == day);
    int earliest =
        oneOfEachYear.stream()
            .mapToInt(one -> one.getDateTimeBefore().getDayOfMonth())
            .min()
            .orElse(1);
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
