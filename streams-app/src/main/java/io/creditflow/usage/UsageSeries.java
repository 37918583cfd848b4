package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Usage by bucket, the buckets being numbered quarter-hours or days. Mutable. Sorted arrays, as one
 * is read and written for each campaign that a flush concerns.
 */
public final class UsageSeries {
  private int[] buckets = new int[4];
  private @Nullable UsageCount[] counts = new UsageCount[4];
  private int size;

  /** Receives a bucket in which there was usage. */
  public interface Visitor {
    void visit(int bucket, UsageCount count);
  }

  /** Number of buckets. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The latest bucket, of one or more. */
  public int last() {
    return buckets[size - 1];
  }

  /** The bucket's count, to be added to; a new one if there is none yet. */
  public UsageCount at(int bucket) {
    int place =
        size == 0 || buckets[size - 1] < bucket
            ? -size - 1
            : Arrays.binarySearch(buckets, 0, size, bucket);
    return place >= 0 ? counts[place] : insert(-place - 1, bucket, new UsageCount());
  }

  private UsageCount insert(int place, int bucket, UsageCount count) {
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(buckets, place, buckets, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    buckets[place] = bucket;
    counts[place] = count;
    size++;
    return count;
  }

  public void add(UsageSeries other) {
    other.forEach((bucket, count) -> at(bucket).add(count));
  }

  /** Visits all buckets, in order. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.visit(buckets[i], counts[i]);
    }
  }

  /** Credits of the buckets from (inclusive) to (exclusive). */
  public long credits(int from, int to) {
    return sum(from, to).credits();
  }

  /** Usage of the buckets from (inclusive) to (exclusive), all together. */
  public UsageCount sum(int from, int to) {
    UsageCount sum = new UsageCount();
    int place = Arrays.binarySearch(buckets, 0, size, from);
    for (int i = place >= 0 ? place : -place - 1; i < size && buckets[i] < to; i++) {
      sum.add(counts[i]);
    }
    return sum;
  }

  public void clear() {
    Arrays.fill(counts, 0, size, null);
    size = 0;
  }

  /** Leaves out buckets whose usage was all taken back. */
  public void dropZeros() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!counts[i].isZero()) {
        buckets[kept] = buckets[i];
        counts[kept++] = counts[i];
      }
    }
    Arrays.fill(counts, kept, size, null);
    size = kept;
  }

  /** Appends itself to a row, each bucket as its distance from the one before. */
  public RowWriter encode(RowWriter writer) {
    writer.int64(size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      counts[i].encode(writer.int64(buckets[i] - before));
      before = buckets[i];
    }
    return writer;
  }

  public static UsageSeries decode(RowReader reader) {
    UsageSeries series = new UsageSeries();
    int size = (int) reader.int64();
    series.buckets = new int[size + 4];
    series.counts = new UsageCount[size + 4];
    series.size = size;
    int before = 0;
    for (int i = 0; i < size; i++) {
      before += (int) reader.int64();
      series.buckets[i] = before;
      series.counts[i] = UsageCount.decode(reader);
    }
    return series;
  }

  /** Passes over one. */
  public static void skip(RowReader reader) {
    for (long left = reader.int64(); left > 0; left--) {
      reader.int64();
      UsageCount.skip(reader);
    }
  }

  /**
   * Reads a row that holds nothing else.
   *
   * @param row null counts as empty
   */
  public static UsageSeries decode(byte @Nullable [] row) {
    return row == null ? new UsageSeries() : decode(new RowReader(row));
  }
}
