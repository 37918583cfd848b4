package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Arrays;

/**
 * A workspace's usage, summed between grant boundaries. Segment i covers [boundary i-1, boundary
 * i); the first has no beginning and the last no end. All usage of a segment draws on the same
 * grants, so the balance follows from these sums.
 */
public final class UsageSegments {
  private long[] boundaries;
  private long[] sums;

  private UsageSegments(long[] boundaries, long[] sums) {
    this.boundaries = boundaries;
    this.sums = sums;
  }

  public static UsageSegments empty() {
    return new UsageSegments(new long[0], new long[1]);
  }

  /** The number of segments, which is one more than that of boundaries. */
  public int count() {
    return sums.length;
  }

  /** The segment's first instant; {@link Long#MIN_VALUE} for the first. */
  public long start(int segment) {
    return segment == 0 ? Long.MIN_VALUE : boundaries[segment - 1];
  }

  /** The segment's end, exclusive; {@link Long#MAX_VALUE} for the last. */
  public long end(int segment) {
    return segment == boundaries.length ? Long.MAX_VALUE : boundaries[segment];
  }

  public long sum(int segment) {
    return sums[segment];
  }

  /** The usage of all segments. */
  public long total() {
    return Arrays.stream(sums).sum();
  }

  /** The segment that an instant falls into. */
  public int at(long millis) {
    int found = Arrays.binarySearch(boundaries, millis);
    return found >= 0 ? found + 1 : -found - 1;
  }

  public void add(long atMillis, long credits) {
    sums[at(atMillis)] += credits;
  }

  public boolean isBoundary(long millis) {
    return Arrays.binarySearch(boundaries, millis) >= 0;
  }

  /**
   * Splits the segment that contains the instant.
   *
   * @param sumBefore usage of that segment before the instant
   */
  public void cut(long atMillis, long sumBefore) {
    int segment = at(atMillis);
    long[] newBoundaries = new long[boundaries.length + 1];
    long[] newSums = new long[sums.length + 1];
    System.arraycopy(boundaries, 0, newBoundaries, 0, segment);
    newBoundaries[segment] = atMillis;
    System.arraycopy(boundaries, segment, newBoundaries, segment + 1, boundaries.length - segment);
    System.arraycopy(sums, 0, newSums, 0, segment);
    newSums[segment] = sumBefore;
    newSums[segment + 1] = sums[segment] - sumBefore;
    System.arraycopy(sums, segment + 1, newSums, segment + 2, sums.length - segment - 1);
    boundaries = newBoundaries;
    sums = newSums;
  }

  RowWriter encode(RowWriter writer) {
    writer.int64(boundaries.length);
    long before = 0;
    for (long boundary : boundaries) {
      writer.int64(boundary - before);
      before = boundary;
    }
    for (long sum : sums) {
      writer.int64(sum);
    }
    return writer;
  }

  static UsageSegments decode(RowReader reader) {
    long[] boundaries = new long[(int) reader.int64()];
    long before = 0;
    for (int i = 0; i < boundaries.length; i++) {
      before += reader.int64();
      boundaries[i] = before;
    }
    long[] sums = new long[boundaries.length + 1];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = reader.int64();
    }
    return new UsageSegments(boundaries, sums);
  }
}
