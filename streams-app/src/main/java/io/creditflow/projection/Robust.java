package io.creditflow.projection;

import java.util.Arrays;

/** Middle and spread of numbers, unmoved by a few wild ones among them. */
public final class Robust {
  /** Makes the median absolute deviation of normal numbers their standard deviation. */
  private static final double NORMAL = 1.4826;

  private Robust() {}

  /** The middle one; the mean of the middle two; 0 for none. */
  public static double median(double[] numbers) {
    if (numbers.length == 0) {
      return 0;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Standard deviation around a centre as the median absolute deviation tells it. */
  public static double deviation(double[] numbers, double centre) {
    double[] distances = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      distances[i] = Math.abs(numbers[i] - centre);
    }
    return NORMAL * median(distances);
  }

  /**
   * The number below which the given share of them lies, interpolated; 0 for none.
   *
   * @param share 0 to 1
   */
  public static double quantile(double[] numbers, double share) {
    if (numbers.length == 0) {
      return 0;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
