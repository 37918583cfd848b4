package io.creditflow.projection;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.RunwayReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a workspace's credits last at its present pace, walked day by day over the grants it
 * has: usage draws on them in their order, an expiry forfeits its rest, a scheduled grant joins in.
 * "Run out" is the first instant ahead at which nothing is left, spent or expired.
 */
public final class Runway {
  private static final double COVERED_DAYS_MIN = 2;

  private Runway() {}

  public static CreditsAnswer.Runway of(WorkspacePast past) {
    if (new GrantWalk(past.grants(), past.now().toEpochMilli()).emptyAtStart()) {
      return CreditsAnswer.Runway.NO_CREDITS;
    }
    ZoneDays days = new ZoneDays(past.zone(), past.rhythm());
    List<ObservedDay> observed = observed(past, days);
    Pace pace = observed.isEmpty() ? null : Pace.of(observed);
    if (pace == null || pace.coveredDays() < COVERED_DAYS_MIN || pace.creditsPerDay() <= 0) {
      return new CreditsAnswer.Runway(null, null, null, null, RunwayReason.TOO_LITTLE_USAGE);
    }
    GrantWalk usual = walk(past, days, pace, 0);
    GrantWalk early = walk(past, days, pace, Projection.EIGHTY_PERCENT);
    GrantWalk late = walk(past, days, pace, -Projection.EIGHTY_PERCENT);
    Instant depletesAt = depletedAt(past, usual);
    return new CreditsAnswer.Runway(
        depletesAt,
        depletedAt(past, early),
        depletedAt(past, late),
        usual.forfeited(),
        depletesAt == null ? RunwayReason.NOT_FORESEEN : null);
  }

  private static Instant depletedAt(WorkspacePast past, GrantWalk walk) {
    return walk.depletedAt() == GrantWalk.NEVER
        ? null
        : Projection.minuteAfter(past.now().toEpochMilli(), walk.depletedAt());
  }

  private static List<ObservedDay> observed(WorkspacePast past, ZoneDays days) {
    DailyCredits daily = past.dailyCredits();
    long now = past.now().toEpochMilli();
    int first = Math.max(daily.firstUsed(), daily.size() - Projection.DAYS_MAX);
    List<ObservedDay> observed = new ArrayList<>();
    for (int i = first; i < daily.size(); i++) {
      long day = daily.day(i);
      double covered = days.covered(day, days.startOf(day), now);
      if (covered >= Projection.COVERED_MIN) {
        observed.add(
            new ObservedDay(WeekRhythm.weekday(day), daily.daysAgo(i), covered, daily.credits(i)));
      }
    }
    return observed;
  }

  /**
   * Walks usage and grants ahead until everything live now is spent or expired.
   *
   * @param deviations by how many standard deviations usage comes out above what is expected
   */
  private static GrantWalk walk(WorkspacePast past, ZoneDays days, Pace pace, double deviations) {
    long now = past.now().toEpochMilli();
    GrantWalk walk = new GrantWalk(past.grants(), now);
    long at = now;
    long day = days.dayOf(at);
    double expected = 0;
    double walked = 0;
    for (int ahead = 0; ahead < Projection.HORIZON_DAYS && !walk.done(); ahead++) {
      long next = days.startOf(day + 1);
      expected += pace.creditsOn(WeekRhythm.weekday(day)) * days.covered(day, at, next);
      double soFar =
          deviations == 0
              ? expected
              : expected
                  * Math.exp(deviations * pace.spread(Projection.daysBetween(now, next), expected));
      double more = Math.max(0, soFar - walked);
      walked += more;
      walk.advance(at, next, more);
      at = next;
      day++;
    }
    walk.finish(at, pace.creditsPerDay());
    return walk;
  }
}
