package io.creditflow.projection;

import java.util.Arrays;

/**
 * How fast credits go: what a usual day brings, how the days of a week differ from it, and how far
 * off this has been. Positions are days since 1970 with the part of the day that has passed.
 */
public final class Pace {
  /**
   * The constants; their choice is in {@code docs/decisions/0007-looking-ahead.md}.
   *
   * @param longHalfLife days after which a day weighs half as much in the usual level
   * @param recentHalfLife the same for the recent level
   * @param deviations by which the recent level must differ to be believed instead
   * @param evenDays days as all others that are mixed into each weekday
   * @param burst times what the others bring for which one day counts at most
   */
  public record Settings(
      double longHalfLife, double recentHalfLife, double deviations, double evenDays, double burst) {
    public static final Settings STANDARD = new Settings(21, 3, 2.5, 2, 4);
  }

  private static final int WEEK = 7;

  /** Days since 1970 of the Monday before. */
  private static final int MONDAY = -3;

  /** Days at work without which one great day may as well be the day of a weekly import. */
  private static final int BURST_DAYS_MIN = 2 * WEEK;

  /** Days of a stretch over which its past errors are taken. */
  private static final int STRETCH = 3;

  private static final double INSIDE = 0.8;

  private final double[] factors;
  private final double[] beforeWeekday = new double[WEEK + 1];
  private final double perDay;
  private final double error;

  private Pace(double[] factors, double perDay, double error) {
    this.factors = factors;
    this.perDay = perDay;
    this.error = error;
    for (int weekday = 0; weekday < WEEK; weekday++) {
      beforeWeekday[weekday + 1] = beforeWeekday[weekday] + factors[weekday];
    }
  }

  public static Pace of(PastDays past, Settings settings) {
    double[] credits = withoutBurst(past, settings);
    double[] factors = factors(past, credits, settings.evenDays());
    double[] expected = new double[past.credits().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = past.worked()[i] * factors[weekday(past.firstDay() + i)];
    }
    double[] levels = new double[expected.length + 1];
    double recentDecay = Math.pow(0.5, 1 / settings.recentHalfLife());
    double longDecay = Math.pow(0.5, 1 / settings.longHalfLife());
    Levels state = new Levels();
    for (int i = 0; i < expected.length; i++) {
      levels[i] = state.level(settings.deviations());
      if (expected[i] > 0) {
        state.add(credits[i], expected[i], recentDecay, longDecay);
      }
    }
    double level = state.level(settings.deviations());
    levels[expected.length] = level;
    return new Pace(factors, level, pastError(past, expected, levels));
  }

  /** The two weighted means, and what is needed to know how much chance lies between them. */
  private static final class Levels {
    private double recent;
    private double recentWeight;
    private double usual;
    private double usualWeight;
    private double recentSquares;
    private double usualSquares;
    private double products;
    private double errorSquares;
    private int days;

    void add(double credits, double expected, double recentDecay, double longDecay) {
      if (days > 0) {
        double off = credits - recent / recentWeight * expected;
        errorSquares += off * off;
      }
      days++;
      recent = recent * recentDecay + credits;
      recentWeight = recentWeight * recentDecay + expected;
      usual = usual * longDecay + credits;
      usualWeight = usualWeight * longDecay + expected;
      recentSquares = recentSquares * recentDecay * recentDecay + 1;
      usualSquares = usualSquares * longDecay * longDecay + 1;
      products = products * recentDecay * longDecay + 1;
    }

    /** The usual level, unless the recent one differs by more than its days' errors explain. */
    double level(double deviations) {
      if (days < 2) {
        return days == 0 ? 0 : usual / usualWeight;
      }
      double variance =
          errorSquares
              / (days - 1)
              * (recentSquares / (recentWeight * recentWeight)
                  - 2 * products / (recentWeight * usualWeight)
                  + usualSquares / (usualWeight * usualWeight));
      double shift = recent / recentWeight - usual / usualWeight;
      return shift * shift > deviations * deviations * variance
          ? recent / recentWeight
          : usual / usualWeight;
    }
  }

  private static double[] factors(PastDays past, double[] credits, double evenDays) {
    double[] factors = new double[WEEK];
    for (int weekday = 0; weekday < WEEK; weekday++) {
      factors[weekday] = factor(past, credits, weekday, -1, evenDays);
    }
    return factors;
  }

  /**
   * How a weekday compares with all days.
   *
   * @param without index of a day left out; -1 for none
   */
  private static double factor(
      PastDays past, double[] credits, int weekday, int without, double evenDays) {
    double sum = 0;
    double worked = 0;
    for (int i = Math.floorMod(weekday - weekday(past.firstDay()), WEEK);
        i < credits.length;
        i += WEEK) {
      sum += i == without ? 0 : credits[i];
      worked += i == without ? 0 : past.worked()[i];
    }
    double mean = mean(past, credits, without);
    return mean > 0 ? (sum / mean + evenDays) / (worked + evenDays) : 1;
  }

  private static double mean(PastDays past, double[] credits, int without) {
    double sum = 0;
    double worked = 0;
    for (int i = 0; i < credits.length; i++) {
      sum += i == without ? 0 : credits[i];
      worked += i == without ? 0 : past.worked()[i];
    }
    return worked > 0 ? sum / worked : 0;
  }

  /** Credits by day, none of them out of all proportion to what the others let one expect. */
  private static double[] withoutBurst(PastDays past, Settings settings) {
    double[] credits = Arrays.stream(past.credits()).asDoubleStream().toArray();
    double[] capped = credits.clone();
    for (int i = 0; i < credits.length && past.workedDays() >= BURST_DAYS_MIN; i++) {
      double others = mean(past, credits, i);
      int weekday = weekday(past.firstDay() + i);
      double expected =
          others * factor(past, credits, weekday, i, settings.evenDays()) * past.worked()[i];
      capped[i] = others > 0 ? Math.min(credits[i], settings.burst() * expected) : credits[i];
    }
    return capped;
  }

  /** Credits a usual day by which 80 % of the stretches were not farther off than this. */
  private static double pastError(PastDays past, double[] expected, double[] levels) {
    double[] errors = new double[expected.length];
    int count = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = 0;
      double days = 0;
      for (int j = i; j < Math.min(i + STRETCH, expected.length); j++) {
        off += past.credits()[j] - levels[i] * expected[j];
        days += expected[j];
      }
      if (levels[i] > 0 && days > 0) {
        errors[count++] = Math.abs(off) / Math.max(1, days);
      }
    }
    Arrays.sort(errors, 0, count);
    // One more than there are: what comes is as likely to lie between any two of them.
    int inside = (int) Math.ceil((count + 1) * INSIDE) - 1;
    return count == 0 ? 0 : errors[Math.min(inside, count - 1)];
  }

  private static int weekday(long day) {
    return (int) Math.floorMod(day - MONDAY, (long) WEEK);
  }

  /** Credits expected of a day, averaged over a week. */
  public double creditsPerDay() {
    return perDay * beforeWeekday[WEEK] / WEEK;
  }

  /** The low bound of an 80 % interval. */
  public Pace low() {
    return new Pace(factors, Math.max(0, perDay - error), 0);
  }

  /** The high bound. */
  public Pace high() {
    return new Pace(factors, perDay + error, 0);
  }

  /** Credits expected between two positions. */
  public double credits(double from, double to) {
    return perDay * (usualDays(to) - usualDays(from));
  }

  /** The position by which so many credits after another are expected; infinite if never. */
  public double after(double from, double credits) {
    double target = usualDays(from) + credits / perDay;
    double weeks = Math.floor(target / beforeWeekday[WEEK]);
    double rest = target - weeks * beforeWeekday[WEEK];
    int weekday = 0;
    while (weekday < WEEK - 1 && rest >= beforeWeekday[weekday + 1]) {
      weekday++;
    }
    double part = factors[weekday] > 0 ? (rest - beforeWeekday[weekday]) / factors[weekday] : 0;
    return perDay > 0 ? weeks * WEEK + weekday + part + MONDAY : Double.POSITIVE_INFINITY;
  }

  /** Usual days up to a position: a day of factor 2 counts twice. */
  private double usualDays(double position) {
    double fromMonday = position - MONDAY;
    double weeks = Math.floor(fromMonday / WEEK);
    double inWeek = fromMonday - weeks * WEEK;
    int weekday = Math.min((int) inWeek, WEEK - 1);
    return weeks * beforeWeekday[WEEK]
        + beforeWeekday[weekday]
        + (inWeek - weekday) * factors[weekday];
  }
}
