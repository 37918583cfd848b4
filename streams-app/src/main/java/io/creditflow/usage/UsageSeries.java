package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Usage by bucket. A bucket is a quarter-hour or a day, as its number since 1970. Mutable; not
 * thread-safe. It uses sorted arrays, because a flush reads and writes one series for each changed
 * campaign.
 */
public final class UsageSeries {
  private int[] buckets = new int[4];
  private @Nullable UsageCount[] counts = new UsageCount[4];
  private int size;

  /** Receives the usage in a bucket. */
  public interface Visitor {
    void visit(int bucket, UsageCount count);
  }

  /** The number of buckets. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The latest bucket. The series must not be empty. */
  public int last() {
    return buckets[size - 1];
  }

  /** The mutable count of the bucket; created if the series has none. */
  public UsageCount at(int bucket) {
    int index =
        size == 0 || buckets[size - 1] < bucket
            ? -size - 1
            : Arrays.binarySearch(buckets, 0, size, bucket);
    return index >= 0 ? counts[index] : insert(-index - 1, bucket, new UsageCount());
  }

  private UsageCount insert(int index, int bucket, UsageCount count) {
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(buckets, index, buckets, index + 1, size - index);
    System.arraycopy(counts, index, counts, index + 1, size - index);
    buckets[index] = bucket;
    counts[index] = count;
    size++;
    return count;
  }

  public void add(UsageSeries other) {
    other.forEach((bucket, count) -> at(bucket).add(count));
  }

  /** Visits all buckets in ascending order. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.visit(buckets[i], counts[i]);
    }
  }

  /** The credits of the buckets from (inclusive) to (exclusive). */
  public long credits(int from, int to) {
    return sum(from, to).credits();
  }

  /** The sum of the buckets from (inclusive) to (exclusive). */
  public UsageCount sum(int from, int to) {
    UsageCount sum = new UsageCount();
    int index = Arrays.binarySearch(buckets, 0, size, from);
    for (int i = index >= 0 ? index : -index - 1; i < size && buckets[i] < to; i++) {
      sum.add(counts[i]);
    }
    return sum;
  }

  public void clear() {
    Arrays.fill(counts, 0, size, null);
    size = 0;
  }

  /** Removes buckets whose usage was completely reversed. */
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

  /** Appends the series to a row. Each bucket is encoded as its distance from the previous one. */
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

  /** Skips one encoded series. */
  public static void skip(RowReader reader) {
    for (long remaining = reader.int64(); remaining > 0; remaining--) {
      reader.int64();
      UsageCount.skip(reader);
    }
  }

  /**
   * Reads a row that holds only one series.
   *
   * @param row null is read as an empty series
   */
  public static UsageSeries decode(byte @Nullable [] row) {
    return row == null ? new UsageSeries() : decode(new RowReader(row));
  }
}
