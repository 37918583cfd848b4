package io.creditflow.alert;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * From how many credits on an hour is out of line with the campaign's own past.
 *
 * <p>Judged on square roots of credits, where a busy hour and a quiet one stray by about the same.
 * An hour is expected to be like the median of the same hours, and their neighbours, of 28 days, or
 * like the second highest week of the last four at this hour if that is more: what comes every week
 * is no surprise, and one spike does not hide the next. It is out of line when it lies so many
 * robust deviations above. The yield is in {@code docs/decisions/0007-looking-ahead.md}.
 *
 * <p>Hours are counted from the epoch; their credits are negative where the campaign was not at
 * work.
 *
 * @param deviations how many above what is expected
 * @param deviationMin least deviation of square roots; chance alone makes 0.5 of counts
 */
public record SpikeRule(double deviations, double deviationMin) {
  public static final SpikeRule STANDARD = new SpikeRule(3, 1.25);

  /** Closed hours without one out of line that end a spike: all hours of a day. */
  public static final int CALM_HOURS = 24;

  /** Credits above what is expected below which nobody wants to be woken. */
  public static final int EXCESS_MIN = 10;

  /** An hour below this many times what is expected is no spike, however regular the past. */
  private static final double RATIO_MIN = 2;

  /** Makes the median absolute deviation of normal numbers their standard deviation. */
  private static final double NORMAL = 1.4826;

  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final int DAYS = 28;

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

  /** Whether an hour is out of line; one that is going on is as soon as its credits are. */
  public boolean isOutOfLine(LongUnaryOperator hours, long hour) {
    return hours.applyAsLong(hour) >= limit(hours, hour);
  }

  /**
   * The credits from which on an hour is out of line, or fewer that it does not reach: most hours
   * are dismissed by what costs little, their own row and four weeks of one hour.
   */
  public double limit(LongUnaryOperator hours, long hour) {
    long credits = hours.applyAsLong(hour);
    double least = credits < EXCESS_MIN ? EXCESS_MIN : limit(weekly(hours, hour), deviationMin);
    return credits < least ? least : usual(hours, hour).limit();
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
    if (known < KNOWN_MIN) {
      return new Usual(0, Double.POSITIVE_INFINITY);
    }
    double[] all = Arrays.copyOf(roots, known);
    double median = median(all);
    double deviation = NORMAL * median(Arrays.stream(all).map(x -> Math.abs(x - median)).toArray());
    double expected = Math.max(median, weekly(hours, hour));
    return new Usual(expected * expected, limit(expected, Math.max(deviation, deviationMin)));
  }

  /** Square root of the second highest of one to four weeks ago; of the highest, of one week. */
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
    double far = root + deviations * deviation;
    double usual = root * root;
    return Math.max(far * far, Math.max(RATIO_MIN * usual, usual + EXCESS_MIN));
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return (numbers[(numbers.length - 1) / 2] + numbers[numbers.length / 2]) / 2;
  }
}
