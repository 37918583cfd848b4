package io.creditflow.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Credits that a campaign will have used by its end (contract section 4, projectedUsage).
 *
 * @param usage whole credits, never below what is used; null with a reason
 * @param low low bound of an 80 % interval; null with usage
 * @param high high bound; null with usage
 * @param reason what the projection is based on, or why there is none, in plain words; null where
 *     nothing had to be projected
 * @param quotaReachedAt when usage is expected to reach the quota, a whole minute after now; null
 *     once reached, or when that is not foreseen before the end
 * @param activeDays days at work that it is based on ("based on the last 14 active days"); 0 where
 *     nothing had to be projected
 */
public record Projection(
    Long usage, Long low, Long high, String reason, Instant quotaReachedAt, int activeDays) {
  /** How many days back it looks; older ones would weigh little. */
  public static final int DAYS_MAX = 56;

  /** Standard deviations that hold the middle 80 % of normal numbers. */
  static final double EIGHTY_PERCENT = 1.2816;

  /** Parts of days shorter than this say more about the hour than about the day. */
  static final double COVERED_MIN = 0.25;

  /** Days at work that must have been seen, unless fewer are still to come. */
  private static final double COVERED_DAYS_MIN = 2;

  /** Days that are walked one by one; of an end beyond, only the average day is used. */
  static final int HORIZON_DAYS = 731;

  /** Far beyond any grant; keeps sums inside a long whatever the dates say. */
  private static final double CREDITS_MAX = 1e15;

  private static final long MINUTE_MILLIS = 60_000;

  /** Projects one campaign. */
  public static Projection of(CampaignPast past) {
    if (!past.active() || !past.end().isAfter(past.now())) {
      return settled(past.creditsUsed());
    }
    if (past.creditsUsed() == 0) {
      return unknown("no credits used yet");
    }
    ZoneDays days = new ZoneDays(past.zone(), past.rhythm());
    List<ObservedDay> observed = observed(past, days);
    double coveredDays = observed.stream().mapToDouble(ObservedDay::covered).sum();
    double daysAhead = daysBetween(past.now().toEpochMilli(), past.end().toEpochMilli());
    if (coveredDays < Math.min(COVERED_DAYS_MIN, Math.max(daysAhead, COVERED_MIN))) {
      return unknown(
          coveredDays < 1
              ? "less than a day of activity so far"
              : "only one day of activity so far");
    }
    return project(past, days, Pace.of(observed), daysAhead);
  }

  private static Projection settled(long used) {
    return new Projection(used, used, used, null, null, 0);
  }

  private static Projection unknown(String why) {
    return new Projection(null, null, null, "too little to go by: " + why, null, 0);
  }

  private static List<ObservedDay> observed(CampaignPast past, ZoneDays days) {
    DailyCredits daily = past.dailyCredits();
    long now = past.now().toEpochMilli();
    List<ObservedDay> observed = new ArrayList<>();
    for (int i = Math.max(0, daily.size() - DAYS_MAX); i < daily.size(); i++) {
      long day = daily.day(i);
      double covered = days.covered(day, past.activeTime(), now);
      if (covered >= COVERED_MIN) {
        observed.add(
            new ObservedDay(WeekRhythm.weekday(day), daily.daysAgo(i), covered, daily.credits(i)));
      }
    }
    return observed;
  }

  private static Projection project(CampaignPast past, ZoneDays days, Pace pace, double daysAhead) {
    long now = past.now().toEpochMilli();
    long end = past.end().toEpochMilli();
    long from = past.startsAt() == null ? now : Math.max(now, past.startsAt().toEpochMilli());
    // Half a credit short rounds up to the quota: the instant and the rounded usage must agree.
    double toQuota = past.quota() == null ? -1 : past.quota() - past.creditsUsed() - 0.5;
    double ahead = 0;
    Instant quotaReachedAt = null;
    long day = days.dayOf(from);
    long horizon = day + HORIZON_DAYS;
    for (; day < horizon && days.startOf(day) < end; day++) {
      double perDay = pace.creditsOn(WeekRhythm.weekday(day));
      double more = perDay * days.covered(day, from, end);
      if (quotaReachedAt == null && toQuota > 0 && ahead < toQuota && ahead + more >= toQuota) {
        long at = days.after(day, from, (toQuota - ahead) / perDay);
        quotaReachedAt = minuteAfter(now, at);
      }
      ahead += more;
    }
    if (days.startOf(horizon) < end) {
      ahead += pace.creditsPerDay() * daysBetween(days.startOf(horizon), end);
    }
    ahead = Math.min(ahead, CREDITS_MAX);
    double factor = Math.exp(EIGHTY_PERCENT * pace.spread(daysAhead, ahead));
    long usage = past.creditsUsed() + Math.round(ahead);
    int activeDays = (int) Math.max(1, Math.round(pace.coveredDays()));
    return new Projection(
        usage,
        Math.min(usage, past.creditsUsed() + Math.round(ahead / factor)),
        Math.max(usage, past.creditsUsed() + Math.round(Math.min(ahead * factor, CREDITS_MAX))),
        basedOn(activeDays),
        quotaReachedAt,
        activeDays);
  }

  private static String basedOn(int activeDays) {
    return activeDays == 1
        ? "based on the last active day"
        : "based on the last " + activeDays + " active days";
  }

  /** Whole minutes between two instants, in days. */
  static double daysBetween(long from, long to) {
    long minutes = (to - from) / MINUTE_MILLIS;
    return minutes / 1440.0;
  }

  /** The full minute at or before an instant, or the next one where that is not after now. */
  static Instant minuteAfter(long now, long at) {
    long minute = Math.max(Math.floorDiv(at, MINUTE_MILLIS), Math.floorDiv(now, MINUTE_MILLIS) + 1);
    return Instant.ofEpochMilli(minute * MINUTE_MILLIS);
  }
}
