package io.creditflow.projection;

import java.util.Arrays;

/** Middle and spread of numbers, unmoved by a few wild ones among them. */
public final class Robust {
  /** Makes the median absolute deviation of normal numbers their standard deviation. */
  private static final double NORMAL = 1.4826;

  private Robust() {}

  /** The middle one; the mean of the middle two; 0 for none. */
  public static double median(double[] numbers) {
    return medianOfFirst(numbers.clone(), numbers.length);
  }

  /** The median of the first so many, which are sorted by it. */
  public static double medianOfFirst(double[] numbers, int count) {
    if (count == 0) {
      return 0;
    }
    Arrays.sort(numbers, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
  }

  /** Standard deviation around a centre as the median absolute deviation tells it. */
  public static double deviation(double[] numbers, double centre) {
    return deviationOfFirst(numbers.clone(), numbers.length, centre);
  }

  /** The deviation of the first so many, in whose place their distances are left. */
  public static double deviationOfFirst(double[] numbers, int count, double centre) {
    for (int i = 0; i < count; i++) {
      numbers[i] = Math.abs(numbers[i] - centre);
    }
    return NORMAL * medianOfFirst(numbers, count);
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
