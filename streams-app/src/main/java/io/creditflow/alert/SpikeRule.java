package io.creditflow.alert;

import io.creditflow.projection.Robust;
import java.util.function.LongUnaryOperator;

/**
 * Tells whether an hour's spend is out of line with the campaign's own past.
 *
 * <p>Judged on square roots of credits, where a busy hour and a quiet one stray by about the same.
 * An hour is expected to be like the median of the same hours, and their neighbours, of 28 days, or
 * like the highest of them a week, two, three and four weeks ago if that is more: what comes once a
 * week is no surprise. It is out of line when it lies so many robust deviations above.
 *
 * <p>A spike is open from its first such hour until a whole day has passed without one, so whether
 * one is open follows from the last hours alone. Its yield is in {@code
 * docs/decisions/0007-looking-ahead.md}.
 *
 * @param deviations how many above what is expected
 * @param deviationMin least deviation, of square roots; twice what chance alone makes of counts
 * @param ratioMin an hour below this many times what is expected is no spike, however regular the
 *     past
 */
public record SpikeRule(double deviations, double deviationMin, double ratioMin) {
  public static final SpikeRule STANDARD = new SpikeRule(3, 1, 2);

  /** Closed hours without one out of line that end a spike: all hours of a day. */
  public static final int CALM_HOURS = 24;

  /** Credits above what is expected below which nobody wants to be woken. */
  public static final int EXCESS_MIN = 10;

  private static final int DAY = 24;
  private static final int DAYS = 28;
  private static final int WEEK = 7 * DAY;

  /** The hours and neighbours of a week, but for one that lies before it. */
  private static final int KNOWN_MIN = 3 * 7 - 1;

  /**
   * What the past lets one expect of an hour.
   *
   * @param expected credits
   * @param limit credits from which on the hour is out of line; infinite while there is less than a
   *     week of the past
   */
  public record Usual(double expected, double limit) {}

  /**
   * Whether a spike is open at an hour.
   *
   * @param hours credits by hour since the epoch; negative where the campaign was not at work
   * @param openHour the hour that is going on
   */
  public boolean isOpen(LongUnaryOperator hours, long openHour) {
    for (long hour = openHour; hour >= openHour - CALM_HOURS; hour--) {
      if (isOutOfLine(hours, hour)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an hour is out of line; an hour that is going on is as soon as its credits are. */
  public boolean isOutOfLine(LongUnaryOperator hours, long hour) {
    long credits = hours.applyAsLong(hour);
    // Most hours are dismissed by what costs little.
    return credits >= EXCESS_MIN
        && credits >= leastLimit(hours, hour)
        && credits >= usual(hours, hour).limit();
  }

  /** Credits below which an hour is no spike whatever the other days were: reads four weeks. */
  public double leastLimit(LongUnaryOperator hours, long hour) {
    return limit(weekly(hours, hour), deviationMin);
  }

  /** What is expected of an hour: reads 28 days. */
  public Usual usual(LongUnaryOperator hours, long hour) {
    double[] roots = new double[3 * DAYS];
    int known = 0;
    for (int day = 1; day <= DAYS; day++) {
      for (int beside = -1; beside <= 1; beside++) {
        long credits = hours.applyAsLong(hour - (long) day * DAY + beside);
        if (credits >= 0) {
          roots[known++] = Math.sqrt((double) credits);
        }
      }
    }
    double median = Robust.medianOfFirst(roots, known);
    double deviation = Robust.deviationOfFirst(roots, known, median);
    double expected = Math.max(median, weekly(hours, hour));
    return new Usual(
        expected * expected,
        known < KNOWN_MIN
            ? Double.POSITIVE_INFINITY
            : limit(expected, Math.max(deviation, deviationMin)));
  }

  /** Square root of the highest of these hours one to four weeks ago. */
  private static double weekly(LongUnaryOperator hours, long hour) {
    long highest = 0;
    for (int back = WEEK; back <= DAYS * DAY; back += WEEK) {
      for (int beside = -1; beside <= 1; beside++) {
        highest = Math.max(highest, hours.applyAsLong(hour - back + beside));
      }
    }
    return Math.sqrt((double) highest);
  }

  private double limit(double root, double deviation) {
    double far = root + deviations * deviation;
    double usual = root * root;
    return Math.max(far * far, Math.max(ratioMin * usual, usual + EXCESS_MIN));
  }
}
