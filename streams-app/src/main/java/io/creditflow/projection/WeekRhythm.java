package io.creditflow.projection;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;

/**
 * How the days of a week differ: a factor per weekday, 1 for a usual working day.
 *
 * <p>Least squares with a pull towards "all days alike": a weekend effect, and on top of it a
 * smaller one of each weekday. The noisier the days, the stronger the pull, so two strange Mondays
 * of a wild campaign make no rhythm while two of a steady one do.
 */
final class WeekRhythm {
  private static final int DAYS = 7;
  private static final DayOfWeek[] WEEKDAYS = DayOfWeek.values();
  private static final int SATURDAY = index(DayOfWeek.SATURDAY);

  /** How far weekends and single weekdays are believed to stray, before anything was seen. */
  private static final double WEEKEND_DEVIATION = 0.4;

  private static final double WEEKDAY_DEVIATION = 0.05;

  /** A day counts at most this many times what was expected of it, or one spike bends the week. */
  static final double SPIKE_CAP = 2;

  private static final double NOISE_MIN = 0.05;
  private static final double FACTOR_MIN = 0.02;
  private static final int ROUNDS = 4;
  private static final int SWEEPS = 25;

  private final double[] factors = new double[DAYS];
  private double weekend;
  private final double[] single = new double[DAYS];

  private WeekRhythm() {
    Arrays.fill(factors, 1);
  }

  static WeekRhythm of(List<ObservedDay> days) {
    WeekRhythm rhythm = new WeekRhythm();
    double level = Robust.median(days.stream().mapToDouble(ObservedDay::perDay).toArray());
    if (level <= 0) {
      return rhythm; // most days are empty: too sparse to show a rhythm
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] ratios = rhythm.ratios(days, level);
      double middle = Robust.median(ratios);
      level *= middle > 0 ? middle : 1;
      ratios = rhythm.ratios(days, level);
      double noise =
          Robust.deviation(ratios, 1) * Math.sqrt(days.size() / Math.max(1.0, days.size() - 2));
      rhythm.fit(days, level, Math.max(noise, NOISE_MIN));
    }
    return rhythm;
  }

  /**
   * @param day counted from 1970, which began on a Thursday
   */
  static DayOfWeek weekday(long day) {
    return WEEKDAYS[Math.floorMod(day + 3, DAYS)];
  }

  double factor(DayOfWeek weekday) {
    return factors[index(weekday)];
  }

  private double[] ratios(List<ObservedDay> days, double level) {
    return days.stream().mapToDouble(d -> d.perDay() / (level * factor(d.weekday()))).toArray();
  }

  /** Solves for level, weekend and single days in turn until they settle (Gauss-Seidel). */
  private void fit(List<ObservedDay> days, double level, double noise) {
    double precision = 1 / (noise * noise);
    double[] count = new double[DAYS];
    double[] sum = new double[DAYS];
    for (ObservedDay day : days) {
      int d = index(day.weekday());
      double ratio = Math.min(day.perDay() / level, SPIKE_CAP * factors[d]);
      count[d] += day.covered();
      sum[d] += day.covered() * ratio;
    }
    double usual = 1;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double total = 0;
      double weight = 0;
      double ends = 0;
      double endsWeight = 0;
      for (int d = 0; d < DAYS; d++) {
        total += sum[d] - count[d] * (weekend(d) + single[d]);
        weight += count[d];
      }
      usual = total / weight;
      for (int d = SATURDAY; d < DAYS; d++) {
        ends += sum[d] - count[d] * (usual + single[d]);
        endsWeight += count[d];
      }
      weekend = ends * precision / (endsWeight * precision + pull(WEEKEND_DEVIATION));
      for (int d = 0; d < DAYS; d++) {
        double rest = sum[d] - count[d] * (usual + weekend(d));
        single[d] = rest * precision / (count[d] * precision + pull(WEEKDAY_DEVIATION));
      }
    }
    for (int d = 0; d < DAYS; d++) {
      factors[d] = Math.max(FACTOR_MIN, (usual + weekend(d) + single[d]) / Math.max(usual, 0.05));
    }
  }

  private double weekend(int day) {
    return day >= SATURDAY ? weekend : 0;
  }

  /** Monday is 0. */
  private static int index(DayOfWeek weekday) {
    return weekday.getValue() - 1;
  }

  private static double pull(double deviation) {
    return 1 / (deviation * deviation);
  }
}
