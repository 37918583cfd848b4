package io.creditflow.projection;

import java.util.Arrays;

/**
 * The rate at which credits are used: the usage of a usual day, and how each weekday differs from
 * it. A position is a point in time, in days since 1970 including the fraction of the day.
 *
 * <p>The rate is one of two exponentially weighted means: a long one, or a short one that follows
 * ramps, steps and stops. Both are compared with the campaign's own past. The short mean is used if
 * its forecasts were clearly better. The errors of the same forecasts give the interval.
 *
 * @param perDay the credits used on a usual day
 * @param factors the usage of each weekday relative to a usual day, Monday first
 * @param error the error that 80 % of past forecasts did not exceed, in credits per usual day
 */
public record BurnRate(double perDay, double[] factors, double error) {
  /**
   * The constants. {@code docs/decisions/0007-looking-ahead.md} says how they were chosen.
   *
   * @param longHalfLife the number of days after which a day has half its weight in the long mean
   * @param shortHalfLife the same for the short mean
   * @param trust the short mean is used if its past error times this is below the long mean's
   * @param evenDays the number of average days that are mixed into each weekday's factor
   * @param burst the highest day is capped at the second highest day times this
   */
  public record Settings(
      double longHalfLife, double shortHalfLife, double trust, double evenDays, double burst) {
    public static final Settings STANDARD = new Settings(21, 3, 1.3, 2, 3);
  }

  private static final int WEEK = 7;

  /** The Monday before 1970-01-01, in days since 1970. */
  private static final int MONDAY = -3;

  /** The minimum of active days for capping. In fewer days, a high day may be a weekly import. */
  private static final int BURST_DAYS_MIN = 2 * WEEK;

  /** The number of days that a past forecast covers. */
  private static final int FORECAST_DAYS = 3;

  /** The factor by which the weight of a past error decreases each day: to a half after a week. */
  private static final double ERROR_DECAY = Math.pow(0.5, 1.0 / WEEK);

  /** The part of the past errors that is inside the interval. */
  private static final double INSIDE = 0.8;

  /** A number of weeks beyond any date. */
  private static final double WEEKS_MAX = 1e9;

  /** The rate that follows from a history. */
  public static BurnRate of(DailyHistory past, Settings settings) {
    double[] credits = withoutBurst(past, settings.burst());
    double[] factors = factors(past, credits, settings.evenDays());
    double[] usualDays = new double[credits.length];
    for (int i = 0; i < credits.length; i++) {
      usualDays[i] = past.worked()[i] * factors[weekday(past.firstDay() + i)];
    }
    Mean slow = Mean.of(settings.longHalfLife(), past.credits(), credits, usualDays);
    Mean fast = Mean.of(settings.shortHalfLife(), past.credits(), credits, usualDays);
    Mean mean = fast.recentError * settings.trust() < slow.recentError ? fast : slow;
    return new BurnRate(mean.now, factors, mean.error());
  }

  /** The credits by day. A single burst is capped, because it is not expected again. */
  private static double[] withoutBurst(DailyHistory past, double burst) {
    double[] credits = Arrays.stream(past.credits()).asDoubleStream().toArray();
    if (past.workedDays() < BURST_DAYS_MIN) {
      return credits;
    }
    double[] sorted = Arrays.stream(credits).sorted().toArray();
    double second = sorted[sorted.length - 2];
    return second <= 0
        ? credits
        : Arrays.stream(credits).map(day -> Math.min(day, burst * second)).toArray();
  }

  /** The factor of each weekday, shrunk towards 1. */
  private static double[] factors(DailyHistory past, double[] credits, double evenDays) {
    double mean = Arrays.stream(credits).sum() / past.workedDays();
    double[] used = new double[WEEK];
    double[] worked = new double[WEEK];
    for (int i = 0; i < credits.length; i++) {
      used[weekday(past.firstDay() + i)] += credits[i];
      worked[weekday(past.firstDay() + i)] += past.worked()[i];
    }
    double[] factors = new double[WEEK];
    for (int i = 0; i < WEEK; i++) {
      factors[i] = mean > 0 ? (used[i] / mean + evenDays) / (worked[i] + evenDays) : 1;
    }
    return factors;
  }

  /**
   * An exponentially weighted mean, and the errors of its past forecasts.
   *
   * @param now the current value of the mean, in credits per usual day
   * @param errors the error of each forecast, in credits per usual day
   * @param recentError the sum of the errors; recent errors have more weight
   */
  private record Mean(double now, double[] errors, double recentError) {
    static Mean of(double halfLife, long[] actual, double[] credits, double[] usualDays) {
      double decay = Math.pow(0.5, 1 / halfLife);
      double sum = 0;
      double weight = 0;
      double[] errors = new double[credits.length];
      int count = 0;
      double recentError = 0;
      for (int i = 0; i < credits.length; i++) {
        double difference = 0;
        double days = 0;
        for (int j = i; j < Math.min(i + FORECAST_DAYS, credits.length) && sum > 0; j++) {
          difference += actual[j] - sum / weight * usualDays[j];
          days += usualDays[j];
        }
        recentError *= ERROR_DECAY;
        if (days > 0) {
          errors[count] = Math.abs(difference) / Math.max(1, days);
          recentError += errors[count++];
        }
        sum = sum * decay + credits[i];
        weight = weight * decay + usualDays[i];
      }
      return new Mean(weight > 0 ? sum / weight : 0, Arrays.copyOf(errors, count), recentError);
    }

    /**
     * The error that 80 % of the forecasts do not exceed. The number of forecasts includes one
     * more, because the next forecast is one more.
     */
    double error() {
      double[] sorted = errors.clone();
      Arrays.sort(sorted);
      int inside = (int) Math.ceil((sorted.length + 1) * INSIDE);
      return sorted.length == 0 ? 0 : sorted[Math.min(inside, sorted.length) - 1];
    }
  }

  /** The low bound of an 80 % interval. */
  public BurnRate low() {
    return new BurnRate(Math.max(0, perDay - error), factors, 0);
  }

  /** The high bound of an 80 % interval. */
  public BurnRate high() {
    return new BurnRate(perDay + error, factors, 0);
  }

  /** The credits that are expected to be used between two positions. */
  public double credits(double from, double to) {
    return perDay * (usualDays(to) - usualDays(from));
  }

  /**
   * The position at which the given credits will have been used, counted from another position;
   * infinite if never.
   */
  public double after(double from, double credits) {
    double week = usualDays(MONDAY + WEEK);
    double target = usualDays(from) + credits / perDay;
    // Infinite, too, if the position is so far ahead that a double cannot represent single days.
    if (!(week > 0 && target < week * WEEKS_MAX)) {
      return Double.POSITIVE_INFINITY;
    }
    double day = MONDAY + WEEK * Math.floor(target / week);
    while (usualDays(day + 1) < target) {
      day++;
    }
    double factor = factors[weekday((long) day)];
    return day + (factor > 0 ? (target - usualDays(day)) / factor : 0);
  }

  /** The number of usual days between {@link #MONDAY} and a position. */
  private double usualDays(double position) {
    double weeks = Math.floor((position - MONDAY) / WEEK);
    double left = position - MONDAY - weeks * WEEK;
    double sum = 0;
    double week = 0;
    for (double factor : factors) {
      week += factor;
      sum += factor * Math.max(0, Math.min(1, left--));
    }
    return weeks * week + sum;
  }

  private static int weekday(long day) {
    return (int) Math.floorMod(day - MONDAY, (long) WEEK);
  }
}
