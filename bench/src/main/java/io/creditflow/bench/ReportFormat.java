package io.creditflow.bench;

import java.util.Arrays;
import java.util.Locale;

/** The formats of benchmark output. */
public final class ReportFormat {
  private ReportFormat() {}

  /** A ratio line in the format of contract section 6. */
  static String ratio(String name, double value) {
    return String.format(Locale.ROOT, "ratio %s %.4f", name, value);
  }

  /** As {@link #ratio}, for a count or a rate. */
  static String figure(String name, double value) {
    return String.format(Locale.ROOT, "figure %s %.4f", name, value);
  }

  /** Prints a progress message on standard error. */
  public static void progress(String format, Object... arguments) {
    System.err.println("bench: " + String.format(Locale.ROOT, format, arguments));
  }

  /** The median: the middle value, or the mean of the two middle values. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
