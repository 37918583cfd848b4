package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Arrays;

/**
 * Credits by UTC quarter-hour. Mutable; not thread-safe. It uses sorted arrays, because a flush
 * reads and writes one series for each changed workspace.
 */
final class CreditSeries {
  private int[] quarters;
  private long[] credits;
  private int size;

  private CreditSeries(int capacity) {
    quarters = new int[capacity];
    credits = new long[capacity];
  }

  static CreditSeries empty() {
    return new CreditSeries(4);
  }

  int size() {
    return size;
  }

  void add(int quarter, long change) {
    int index = indexOf(quarter);
    if (index >= 0) {
      credits[index] += change;
    } else {
      insert(-index - 1, quarter, change);
    }
  }

  /** The index of the quarter-hour; as {@link Arrays#binarySearch} if it is absent. */
  private int indexOf(int quarter) {
    return size == 0 || quarters[size - 1] < quarter
        ? -size - 1
        : Arrays.binarySearch(quarters, 0, size, quarter);
  }

  private void insert(int index, int quarter, long change) {
    if (size == quarters.length) {
      quarters = Arrays.copyOf(quarters, size * 2);
      credits = Arrays.copyOf(credits, size * 2);
    }
    System.arraycopy(quarters, index, quarters, index + 1, size - index);
    System.arraycopy(credits, index, credits, index + 1, size - index);
    quarters[index] = quarter;
    credits[index] = change;
    size++;
  }

  void clear() {
    size = 0;
  }

  /** Visits the quarter-hours from (inclusive) to (exclusive), in order. */
  void forEach(int from, int to, WorkspaceQuarterHours.Visitor visitor) {
    int index = indexOf(from);
    for (int i = index >= 0 ? index : -index - 1; i < size && quarters[i] < to; i++) {
      visitor.visit(quarters[i], credits[i]);
    }
  }

  void forEach(WorkspaceQuarterHours.Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.visit(quarters[i], credits[i]);
    }
  }

  void encode(RowWriter writer) {
    writer.int64(size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      writer.int64(quarters[i] - before).int64(credits[i]);
      before = quarters[i];
    }
  }

  static CreditSeries decode(RowReader reader) {
    int size = (int) reader.int64();
    CreditSeries series = new CreditSeries(size + 4);
    series.size = size;
    int quarter = 0;
    for (int i = 0; i < size; i++) {
      quarter += (int) reader.int64();
      series.quarters[i] = quarter;
      series.credits[i] = reader.int64();
    }
    return series;
  }
}
