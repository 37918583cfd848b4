package io.creditflow.projection;

import java.util.Arrays;

/** Middle and spread of numbers, unmoved by a few wild ones among them. */
public final class Robust {
  /** Makes the median absolute deviation of normal numbers their standard deviation. */
  private static final double NORMAL = 1.4826;

  private Robust() {}

  /** The middle of the first so many, which are sorted by it; the mean of two; 0 for none. */
  public static double medianOfFirst(double[] numbers, int count) {
    if (count == 0) {
      return 0;
    }
    Arrays.sort(numbers, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
  }

  /**
   * Standard deviation of the first so many as their median absolute deviation tells it; their
   * distances are left in their place.
   */
  public static double deviationOfFirst(double[] numbers, int count, double centre) {
    for (int i = 0; i < count; i++) {
      numbers[i] = Math.abs(numbers[i] - centre);
    }
    return NORMAL * medianOfFirst(numbers, count);
  }
}
