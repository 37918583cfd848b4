package io.creditflow.bench;

import java.util.Arrays;
import java.util.Locale;

/** How benchmarks say what they found. */
public final class ReportFormat {
  private ReportFormat() {}

  /** A line of the form that the contract's section 6 gives. */
  static String ratio(String name, double value) {
    return String.format(Locale.ROOT, "ratio %s %.4f", name, value);
  }

  /** What it is doing, for whoever waits: on standard error. */
  public static void progress(String format, Object... arguments) {
    System.err.println("bench: " + String.format(Locale.ROOT, format, arguments));
  }

  /** The middle one, or the mean of the two in the middle. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
