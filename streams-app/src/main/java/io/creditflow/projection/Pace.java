package io.creditflow.projection;

import java.time.DayOfWeek;
import java.util.List;

/**
 * How fast credits go: a level per day, the rhythm of the week, and how far off both may be.
 *
 * <p>The level has two parts. The usual part is a mean in which recent days weigh more, days capped
 * at twice the middle one. What spikes brought above the cap is averaged over all days and pulled
 * towards what days of such noise usually bring, so that one spike in a young campaign is neither
 * ignored nor expected again every few days.
 */
final class Pace {
  /** A day this old weighs half as much as today; weights fall like 1 / (1 + age / this). */
  private static final double HALF_WEIGHT_DAYS = 28;

  /** Days of belief in the usual share of spikes, and its bound. */
  private static final double SPIKE_BELIEF_DAYS = 21;

  private static final double SPIKE_SHARE_MAX = 0.3;

  /** Days of belief that the true spread is wider than the calm middle of the days shows. */
  private static final double SPREAD_BELIEF_DAYS = 14;

  private static final double SPREAD_BELIEF = 2.5;

  /** Days follow each other: sums vary by more than independent days would. */
  private static final double PERSISTENCE = 2;

  /** Variance of the level's own drift over four weeks, as a share of the level squared. */
  private static final double DRIFT_PER_DAY = 0.005 / 28;

  /** Credits of one event on average, for the randomness of small counts. */
  private static final double CREDITS_PER_EVENT = 1.3;

  private static final double OUTLIER_MAX = 6;

  private final WeekRhythm week;
  private final double level;
  private final double dayVariance;
  private final double effectiveDays;
  private final double coveredDays;

  private Pace(
      WeekRhythm week, double level, double dayVariance, double effectiveDays, double coveredDays) {
    this.week = week;
    this.level = level;
    this.dayVariance = dayVariance;
    this.effectiveDays = effectiveDays;
    this.coveredDays = coveredDays;
  }

  /**
   * @param days at least one; parts of days too
   */
  static Pace of(List<ObservedDay> days) {
    WeekRhythm week = WeekRhythm.of(days);
    int count = days.size();
    double[] usual = new double[count];
    for (int i = 0; i < count; i++) {
      usual[i] = days.get(i).perDay() / week.factor(days.get(i).weekday());
    }
    double middle = Robust.median(usual);
    double cap = middle > 0 ? WeekRhythm.SPIKE_CAP * middle : Double.MAX_VALUE;
    double noise = middle > 0 ? Math.min(1, Robust.deviation(usual, middle) / middle) : 1;

    double recent = 0;
    double recentWeight = 0;
    double excess = 0;
    double excessWeight = 0;
    double weights = 0;
    double squares = 0;
    double covered = 0;
    for (int i = 0; i < count; i++) {
      ObservedDay day = days.get(i);
      double weight = 1 / (1 + day.daysAgo() / HALF_WEIGHT_DAYS);
      double share = day.covered() * week.factor(day.weekday());
      recent += weight * share * Math.min(usual[i], cap);
      recentWeight += weight * share;
      excess += share * Math.max(0, usual[i] - cap);
      excessWeight += share;
      weights += weight * day.covered();
      squares += weight * weight * day.covered();
      covered += day.covered();
    }
    double base = recent / recentWeight;
    double spikes = excess / excessWeight;
    if (middle > 0) {
      double counting = CREDITS_PER_EVENT / middle; // randomness of counts brings no spikes
      double belief = Math.min(SPIKE_SHARE_MAX, Math.max(0, noise * noise - counting)) * base;
      spikes = (count * spikes + SPIKE_BELIEF_DAYS * belief) / (count + SPIKE_BELIEF_DAYS);
    }
    double level = base + spikes;
    return new Pace(
        week,
        level,
        level > 0 ? dayVariance(usual, level, noise) : 0,
        weights * weights / squares,
        covered);
  }

  private static double dayVariance(double[] usual, double level, double noise) {
    double squares = 0;
    for (double day : usual) {
      double off = Math.min(day / level, OUTLIER_MAX) - 1;
      squares += off * off;
    }
    double belief = SPREAD_BELIEF * noise;
    return (squares + SPREAD_BELIEF_DAYS * belief * belief) / (usual.length + SPREAD_BELIEF_DAYS);
  }

  /** Credits expected of a whole such day. */
  double creditsOn(DayOfWeek weekday) {
    return level * week.factor(weekday);
  }

  /** Credits expected of a day, averaged over a week. */
  double creditsPerDay() {
    double sum = 0;
    for (DayOfWeek weekday : DayOfWeek.values()) {
      sum += creditsOn(weekday);
    }
    return sum / DayOfWeek.values().length;
  }

  /** Days at work that stand behind this, parts of days added up. */
  double coveredDays() {
    return coveredDays;
  }

  /**
   * Spread of a sum to come around what is expected, as the deviation of its logarithm.
   *
   * @param days how far ahead the sum reaches
   * @param credits what is expected of it
   */
  double spread(double days, double credits) {
    double variance =
        PERSISTENCE * dayVariance * (1 / Math.max(days, 1) + 1 / effectiveDays)
            + DRIFT_PER_DAY * days
            + CREDITS_PER_EVENT / (credits + 1);
    return Math.sqrt(Math.log1p(variance));
  }
}
