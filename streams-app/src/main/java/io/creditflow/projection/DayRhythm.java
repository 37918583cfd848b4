package io.creditflow.projection;

import java.util.Arrays;

/**
 * How a day's usage is spread over its hours: the share of a day that usually lies between two
 * moments of it. Moments are fractions of the day's length, so days of 23 and 25 hours fit in.
 */
public final class DayRhythm {
  private static final int HOURS = 24;

  /** Days of even spread mixed in, so that a few days' accidents are not taken for a rhythm. */
  private static final double EVEN_DAYS = 7;

  private static final DayRhythm EVEN = new DayRhythm(evenShares());

  /** Share of the day before each hour; one longer than the hours. */
  private final double[] before = new double[HOURS + 1];

  private DayRhythm(double[] shares) {
    for (int hour = 0; hour < HOURS; hour++) {
      before[hour + 1] = before[hour] + shares[hour];
    }
    before[HOURS] = 1; // a whole day is exactly one
  }

  /** Every hour alike: what to use when only daily sums are at hand. */
  public static DayRhythm even() {
    return EVEN;
  }

  /**
   * Learnt from consecutive hourly sums, by medians so that a spike leaves no trace.
   *
   * @param credits hourly sums, whole hours only, oldest first; may be empty
   * @param firstHourOfDay hour of the day (0 to 23, in the zone of the days) of the first sum
   */
  public static DayRhythm ofHours(long[] credits, int firstHourOfDay) {
    double[] median = new double[HOURS];
    double total = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      int first = Math.floorMod(hour - firstHourOfDay, HOURS);
      int count = first < credits.length ? (credits.length - first - 1) / HOURS + 1 : 0;
      double[] sums = new double[count];
      for (int i = 0; i < count; i++) {
        sums[i] = credits[first + i * HOURS];
      }
      median[hour] = Robust.median(sums);
      total += median[hour];
    }
    if (total <= 0 || credits.length < HOURS) {
      return EVEN;
    }
    double days = credits.length / (double) HOURS;
    double[] shares = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      shares[hour] = (days * median[hour] / total + EVEN_DAYS / HOURS) / (days + EVEN_DAYS);
    }
    return new DayRhythm(shares);
  }

  /** Share of a day's usage that lies between two moments, each a fraction of the day (0 to 1). */
  double share(double from, double to) {
    return before(to) - before(from);
  }

  /** The moment of the day at which the given share of it has passed (the inverse of share). */
  double momentAt(double share) {
    for (int hour = 0; hour < HOURS; hour++) {
      if (share <= before[hour + 1]) {
        double width = before[hour + 1] - before[hour];
        return (hour + (width > 0 ? (share - before[hour]) / width : 0)) / HOURS;
      }
    }
    return 1;
  }

  private double before(double moment) {
    double hours = Math.max(0, Math.min(1, moment)) * HOURS;
    int hour = Math.min((int) hours, HOURS - 1);
    return before[hour] + (hours - hour) * (before[hour + 1] - before[hour]);
  }

  private static double[] evenShares() {
    double[] shares = new double[HOURS];
    Arrays.fill(shares, 1.0 / HOURS);
    return shares;
  }
}
