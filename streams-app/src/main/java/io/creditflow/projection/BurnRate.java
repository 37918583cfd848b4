package io.creditflow.projection;

import java.util.Arrays;

/**
 * How fast credits go: what a usual day brings and how the days of a week differ from it. Positions
 * are days since 1970 with the part of the day that has passed.
 *
 * <p>Two exponentially weighted means stand to choose, a long one and a short one that follows
 * ramps, steps and stops. Each is held against the campaign's own past: the short one is taken
 * where its forecasts were clearly better. Those same past errors make the interval.
 *
 * @param perDay credits of a usual day
 * @param factors usual days that a weekday counts for, Monday first
 * @param error credits a usual day by which 80 % of past forecasts were not farther off
 */
public record BurnRate(double perDay, double[] factors, double error) {
  /**
   * The constants; their choice is in {@code docs/decisions/0007-looking-ahead.md}.
   *
   * @param longHalfLife days after which a day weighs half as much in the long mean
   * @param shortHalfLife the same for the short one
   * @param trust times the short mean's past error that the long one's must exceed
   * @param evenDays days as all others that are mixed into each weekday
   * @param burst times the second highest day for which the highest counts at most
   */
  public record Settings(
      double longHalfLife, double shortHalfLife, double trust, double evenDays, double burst) {
    public static final Settings STANDARD = new Settings(21, 3, 1.3, 2, 3);
  }

  private static final int WEEK = 7;

  /** Days since 1970 of the Monday before. */
  private static final int MONDAY = -3;

  /** Days at work without which one great day may as well be the day of a weekly import. */
  private static final int BURST_DAYS_MIN = 2 * WEEK;

  /** Days that a past forecast is held against. */
  private static final int FORECAST_DAYS = 3;

  /** By which its error counts less each day: half as much after a week. */
  private static final double ERROR_DECAY = Math.pow(0.5, 1.0 / WEEK);

  private static final double INSIDE = 0.8;

  /** Far beyond any date. */
  private static final double WEEKS_MAX = 1e9;

  /** The pace of a past. */
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

  /** Credits by day, a single burst cut off: it is not expected again. */
  private static double[] withoutBurst(DailyHistory past, double burst) {
    double[] credits = new double[past.credits().length];
    double highest = 0;
    double second = 0;
    for (int i = 0; i < credits.length; i++) {
      credits[i] = (double) past.credits()[i];
      second = Math.max(second, Math.min(highest, credits[i]));
      highest = Math.max(highest, credits[i]);
    }
    if (second > 0 && past.workedDays() >= BURST_DAYS_MIN) {
      for (int i = 0; i < credits.length; i++) {
        credits[i] = Math.min(credits[i], burst * second);
      }
    }
    return credits;
  }

  /** How each weekday compares with all days, drawn towards 1. */
  private static double[] factors(DailyHistory past, double[] credits, double evenDays) {
    double sum = 0;
    for (double day : credits) {
      sum += day;
    }
    double mean = sum / past.workedDays();
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
   * A mean as it stands now, and how far off it was.
   *
   * @param errors by forecast, in credits a usual day
   * @param recentError their sum, recent ones weighing more
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
        double off = 0;
        double days = 0;
        for (int j = i; j < Math.min(i + FORECAST_DAYS, credits.length) && sum > 0; j++) {
          off += actual[j] - sum / weight * usualDays[j];
          days += usualDays[j];
        }
        recentError *= ERROR_DECAY;
        if (days > 0) {
          errors[count] = Math.abs(off) / Math.max(1, days);
          recentError += errors[count++];
        }
        sum = sum * decay + credits[i];
        weight = weight * decay + usualDays[i];
      }
      return new Mean(weight > 0 ? sum / weight : 0, Arrays.copyOf(errors, count), recentError);
    }

    /** The one that 80 % do not exceed, were there one more of them: what comes is one more. */
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

  /** The high bound. */
  public BurnRate high() {
    return new BurnRate(perDay + error, factors, 0);
  }

  /** Credits expected between two positions. */
  public double credits(double from, double to) {
    return perDay * (usualDays(to) - usualDays(from));
  }

  /** The position by which so many credits after another are expected; infinite if never. */
  public double after(double from, double credits) {
    double week = usualDays(MONDAY + WEEK);
    double target = usualDays(from) + credits / perDay;
    // Also where doubles no longer tell a day from the next.
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

  /** Usual days up to a position. */
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
