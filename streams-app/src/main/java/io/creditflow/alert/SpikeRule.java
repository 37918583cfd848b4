package io.creditflow.alert;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Computes from a campaign's past the limit of an hour: an hour whose credits reach it is a spike.
 *
 * <p>The rule compares square roots of credits, because the square roots of busy hours and of quiet
 * hours vary by about the same amount. The expected value is the larger of two values:
 *
 * <ul>
 *   <li>the median of the same hour of the day and its two neighbouring hours, over 28 days;
 *   <li>the second highest value of the same hour of the week in the last four weeks. So usage that
 *       recurs every week is expected, and one spike does not hide the next.
 * </ul>
 *
 * <p>An hour is a spike if it is at least {@code deviations} robust deviations above the expected
 * value. The measured results are in {@code docs/decisions/0007-looking-ahead.md}.
 *
 * <p>Hours are counted from 1970. The credits of an hour are negative if the campaign was not
 * active.
 *
 * @param deviations how many robust deviations the limit is above the expected value
 * @param deviationMin the minimum of the robust deviation; square roots of random counts deviate by
 *     0.5
 */
public record SpikeRule(double deviations, double deviationMin) {
  public static final SpikeRule STANDARD = new SpikeRule(3, 1.25);

  /** The number of consecutive hours below the limit that end a spike. */
  public static final int CALM_HOURS = 24;

  /** An hour with fewer credits than this above the expected value is no spike. */
  public static final int EXCESS_MIN = 10;

  /** An hour below this many times the expected value is no spike. */
  private static final double RATIO_MIN = 2;

  /** For normally distributed numbers, standard deviation / median absolute deviation. */
  private static final double NORMAL = 1.4826;

  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final int DAYS = 28;

  /**
   * The minimum number of known hours: three on each day of a week, of which the first may be
   * missing.
   */
  private static final int KNOWN_MIN = 3 * 7 - 1;

  /**
   * What an hour is compared with.
   *
   * @param expected credits
   * @param limit credits from which on the hour is a spike; infinite if less than a week of the
   *     past is known
   */
  public record Usual(double expected, double limit) {}

  /** Whether an hour reaches its limit; the current hour may do so before it ends. */
  public boolean reachesLimit(LongUnaryOperator hours, long hour) {
    return hours.applyAsLong(hour) >= limit(hours, hour);
  }

  /**
   * The limit of an hour. If the hour does not reach a lower bound of the limit, the bound is
   * returned instead. The bound needs fewer rows: those of the hour, and of one hour in each of
   * four weeks.
   */
  public double limit(LongUnaryOperator hours, long hour) {
    long credits = hours.applyAsLong(hour);
    double lowerBound =
        credits < EXCESS_MIN ? EXCESS_MIN : limit(weekly(hours, hour), deviationMin);
    return credits < lowerBound ? lowerBound : usual(hours, hour).limit();
  }

  /** Computes the expected value and the limit of an hour from 28 days. */
  public Usual usual(LongUnaryOperator hours, long hour) {
    double[] roots = new double[3 * DAYS];
    int known = 0;
    for (int day = 1; day <= DAYS; day++) {
      for (int neighbour = -1; neighbour <= 1; neighbour++) {
        long credits = hours.applyAsLong(hour - (long) day * DAY + neighbour);
        if (credits >= 0) {
          roots[known++] = Math.sqrt((double) credits);
        }
      }
    }
    if (known < KNOWN_MIN) {
      return new Usual(0, Double.POSITIVE_INFINITY);
    }
    double[] all = Arrays.copyOf(roots, known);
    double median = median(all);
    double deviation = NORMAL * median(Arrays.stream(all).map(x -> Math.abs(x - median)).toArray());
    double expected = Math.max(median, weekly(hours, hour));
    return new Usual(expected * expected, limit(expected, Math.max(deviation, deviationMin)));
  }

  /**
   * The square root of the second highest credits of the same hour of the week in the last four
   * weeks; if only one week is known, of that week's credits.
   */
  private static double weekly(LongUnaryOperator hours, long hour) {
    long highest = 0;
    long second = 0;
    int weeks = 0;
    for (long same = hour - WEEK; same >= hour - DAYS * DAY; same -= WEEK) {
      long before = hours.applyAsLong(same - 1);
      long most = Math.max(before, Math.max(hours.applyAsLong(same), hours.applyAsLong(same + 1)));
      second = Math.max(second, Math.min(highest, most));
      highest = Math.max(highest, most);
      weeks += before < 0 ? 0 : 1;
    }
    return Math.sqrt((double) (weeks < 2 ? highest : second));
  }

  private double limit(double root, double deviation) {
    double limitRoot = root + deviations * deviation;
    double usual = root * root;
    return Math.max(limitRoot * limitRoot, Math.max(RATIO_MIN * usual, usual + EXCESS_MIN));
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return (numbers[(numbers.length - 1) / 2] + numbers[numbers.length / 2]) / 2;
  }
}
