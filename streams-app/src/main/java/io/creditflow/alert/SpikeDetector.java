package io.creditflow.alert;

import io.creditflow.projection.Robust;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * Tells when a campaign's hourly spend is far above what its own past explains.
 *
 * <p>Everything is judged on square roots of credits: there a busy hour and a quiet one stray by
 * about the same amount. An hour is expected to be like the same hour of day (the hours beside it
 * included) on such days, working day or weekend, moved along with the last day's level, and at
 * least like the same hour of the weeks before. It is out of line when it lies further above than
 * nearly all hours of the past did. Medians throughout, so a spike does not hide the next one.
 *
 * <p>Stateless apart from whether a spike is open: the same hours give the same verdict, so a
 * replay or another instance comes to the same alerts. Costs well below a millisecond. Its measured
 * yield is in {@code docs/decisions/0007-looking-ahead.md}.
 */
public final class SpikeDetector {
  /** Hours of the past that count; what is older is not looked at. */
  public static final int HOURS_MAX = 50 * 24;

  /** Hours of past needed before anything is called a spike: one week. */
  public static final int HOURS_MIN = 7 * 24;

  private static final int WEEK = 7 * 24;
  private static final int DAY = 24;

  /** Deviations above which an hour is out of line, however calm the past was. */
  private static final double SCORE_MIN = 4;

  /** Share of past hours whose scores an hour must exceed. */
  private static final double PAST_SHARE = 0.99;

  /** An hour below this many times what is expected is no spike, however regular the past. */
  private static final double RATIO_MIN = 1.5;

  /** Credits above what is expected below which nobody wants to be woken. */
  public static final double EXCESS_MIN = 10;

  /** Deviation of the square root of a small count: what chance alone does. */
  private static final double DEVIATION_MIN = 0.5;

  /** Hours of belief that all kinds of days are alike. */
  private static final double BELIEF_HOURS = 9;

  /** How much of the last day's shift of level is carried on, and how far it may go. */
  private static final double LEVEL_CARRIED = 0.7;

  private static final double LEVEL_FALL_MAX = 0.3;
  private static final double LEVEL_RISE_MAX = 0.5;

  /** Calm hours in a row that end a spike, and the share of the limit that counts as calm. */
  private static final int CALM_HOURS = 3;

  private static final double CALM_SHARE = 0.5;
  private static final int WEEKS_COMPARED = 3;

  /** What has changed with the hour judged. */
  public enum Change {
    NONE,
    STARTED,
    RECOVERED
  }

  /**
   * The judgement of one hour.
   *
   * @param credits used in the hour
   * @param expected what the past explains, at least 0
   * @param limit credits above which the hour is out of line
   */
  public record Verdict(Change change, double credits, double expected, double limit) {
    private static final Verdict UNJUDGED = new Verdict(Change.NONE, 0, 0, 0);

    /** How many times what was expected; less than one credit expected counts as one. */
    public double ratio() {
      return credits / Math.max(1, expected);
    }

    /** The ratio above which the hour is out of line. */
    public double limitRatio() {
      return limit / Math.max(1, expected);
    }
  }

  private SpikeDetector() {}

  /**
   * Judges the last of consecutive UTC hours. The hour may still be open: it is then out of line as
   * soon as its credits so far are, and never a reason to recover.
   *
   * @param credits per hour, oldest first, the last one being judged; a negative number for an hour
   *     in which the campaign was not active. Hours before the first usage may be left out or zero
   * @param lastHour the judged hour, in hours since the epoch
   * @param closed false if the judged hour is still going on
   * @param spikeOpen true if a spike has started and not recovered
   */
  public static Verdict judge(long[] credits, long lastHour, boolean closed, boolean spikeOpen) {
    int last = credits.length - 1;
    int first = Math.max(0, last - HOURS_MAX);
    while (first < last && credits[first] <= 0) {
      first++;
    }
    if (last - first < HOURS_MIN) {
      return spikeOpen && closed
          ? new Verdict(Change.RECOVERED, Math.max(0, last < 0 ? 0 : credits[last]), 0, 0)
          : Verdict.UNJUDGED;
    }
    HourHistory history = new HourHistory(credits, first, lastHour);
    double limit = history.limitScore();
    double expected = history.expected(last);
    double limitRoot = expected + limit * history.deviation(last);
    double limitCredits =
        Math.max(
            limitRoot * limitRoot,
            Math.max(RATIO_MIN * expected * expected, expected * expected + EXCESS_MIN));
    Change change = Change.NONE;
    if (!spikeOpen && credits[last] >= limitCredits) {
      change = Change.STARTED;
    } else if (spikeOpen && closed && history.calm(limit * CALM_SHARE)) {
      change = Change.RECOVERED;
    }
    return new Verdict(change, Math.max(0, credits[last]), expected * expected, limitCredits);
  }

  /**
   * Credits below which an hour is no spike whatever the rest of the past: a bound that costs three
   * weeks' worth of one hour instead of the whole past.
   *
   * @param credits reads the credits of an hour: 0 where there were none, a negative number where
   *     the campaign was known not to be active
   */
  public static double leastLimit(long hour, LongUnaryOperator credits) {
    double expected = sameHourOfWeeksBefore(hour, same -> credits.applyAsLong(same) >= 0, credits);
    return Math.max(RATIO_MIN * expected, expected + EXCESS_MIN);
  }

  /** Middle of the highest hours around this one in the weeks before; 0 if none is known. */
  private static double sameHourOfWeeksBefore(
      long hour, LongPredicate isKnown, LongUnaryOperator credits) {
    long[] highest = new long[WEEKS_COMPARED];
    int weeks = 0;
    for (int week = 1; week <= WEEKS_COMPARED; week++) {
      long same = hour - (long) week * WEEK;
      if (isKnown.test(same)) {
        long besides = Math.max(credits.applyAsLong(same - 1), credits.applyAsLong(same + 1));
        highest[weeks++] = Math.max(credits.applyAsLong(same), besides);
      }
    }
    Arrays.sort(highest, 0, weeks);
    return weeks == 0 ? 0 : (double) highest[(weeks - 1) / 2];
  }

  /** The hours before the judged one, and what they let one expect. */
  private static final class HourHistory {
    private final long[] credits;
    private final int first;
    private final int last;
    private final long lastHour;

    /** Median of square roots by kind of day and hour of day; deviation by hour of day. */
    private final double[][] usual = new double[2][DAY];

    private final double[] spread = new double[DAY];
    private final double[] residuals;

    HourHistory(long[] credits, int first, long lastHour) {
      this.credits = credits;
      this.first = first;
      this.last = credits.length - 1;
      this.lastHour = lastHour;
      int hoursMax = (last - first) / DAY * 3 + 6;
      double[][] roots = new double[2][hoursMax];
      double[] all = new double[hoursMax];
      for (int hourOfDay = 0; hourOfDay < DAY; hourOfDay++) {
        learn(hourOfDay, roots, all);
      }
      residuals = residuals();
    }

    private void learn(int hourOfDay, double[][] roots, double[] all) {
      int[] count = new int[2];
      int counted = 0;
      for (int beside = hourOfDay - 1; beside <= hourOfDay + 1; beside++) {
        for (int i = first + Math.floorMod(beside - hourOfDay(first), DAY); i < last; i += DAY) {
          if (credits[i] >= 0) {
            int kind = kindOfDay(i);
            double root = Math.sqrt((double) credits[i]);
            roots[kind][count[kind]++] = root;
            all[counted++] = root;
          }
        }
      }
      double middle = Robust.medianOfFirst(all, counted);
      spread[hourOfDay] = Robust.deviationOfFirst(all, counted, middle);
      usual[0][hourOfDay] = towards(middle, roots[0], count[0]);
      usual[1][hourOfDay] = towards(middle, roots[1], count[1]);
    }

    private static double towards(double middle, double[] roots, int count) {
      return (count * Robust.medianOfFirst(roots, count) + BELIEF_HOURS * middle)
          / (count + BELIEF_HOURS);
    }

    private double[] residuals() {
      double[] found = new double[last - first];
      int count = 0;
      for (int i = first; i < last; i++) {
        if (credits[i] >= 0) {
          found[count++] = Math.sqrt((double) credits[i]) - usual(i);
        }
      }
      double[] all = Arrays.copyOf(found, count);
      double general = Robust.deviation(all, 0);
      for (int hour = 0; hour < DAY; hour++) {
        spread[hour] = Math.max(DEVIATION_MIN, (spread[hour] + general) / 2);
      }
      return all;
    }

    /** Score that an hour must reach: 4, or more where the past has seen more. */
    double limitScore() {
      double[] scores = new double[residuals.length];
      int count = 0;
      for (int i = first; i < last; i++) {
        if (credits[i] >= 0) {
          scores[count] = residuals[count] / spread[hourOfDay(i)];
          count++;
        }
      }
      return Math.max(SCORE_MIN, Robust.quantile(scores, PAST_SHARE));
    }

    /** Square root of the credits that the past lets one expect of an hour. */
    double expected(int hour) {
      double base = usual(hour);
      double shift = LEVEL_CARRIED * lastDayShift();
      double carried =
          base + Math.max(-LEVEL_FALL_MAX * base, Math.min(LEVEL_RISE_MAX * base, shift));
      double before =
          sameHourOfWeeksBefore(
              hour,
              same -> same - 1 >= first && credits[(int) same] >= 0,
              same -> credits[(int) same]);
      return Math.max(carried, Math.sqrt(before));
    }

    private double lastDayShift() {
      return Robust.median(
          Arrays.copyOfRange(residuals, Math.max(0, residuals.length - DAY), residuals.length));
    }

    double deviation(int hour) {
      return spread[hourOfDay(hour)];
    }

    /** True if the last hours all score below the given one, or the campaign rests. */
    boolean calm(double score) {
      for (int i = last; i > last - CALM_HOURS; i--) {
        if (credits[i] >= 0
            && (Math.sqrt((double) credits[i]) - expected(i)) / deviation(i) >= score) {
          return false;
        }
      }
      return true;
    }

    private double usual(int i) {
      return usual[kindOfDay(i)][hourOfDay(i)];
    }

    private int hourOfDay(int i) {
      return (int) Math.floorMod(hour(i), (long) DAY);
    }

    /** 0 for Monday to Friday, 1 for the weekend; the epoch began on a Thursday. */
    private int kindOfDay(int i) {
      return Math.floorMod(Math.floorDiv(hour(i), (long) DAY) + 3, 7L) >= 5 ? 1 : 0;
    }

    private long hour(int i) {
      return lastHour - (last - i);
    }
  }
}
