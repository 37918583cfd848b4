package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Arrays;

/**
 * Credits by quarter-hour. Mutable. Sorted arrays, as one is read and written for each workspace
 * that a flush concerns.
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
    int place = place(quarter);
    if (place >= 0) {
      credits[place] += change;
    } else {
      insert(-place - 1, quarter, change);
    }
  }

  private int place(int quarter) {
    return size == 0 || quarters[size - 1] < quarter
        ? -size - 1
        : Arrays.binarySearch(quarters, 0, size, quarter);
  }

  private void insert(int place, int quarter, long change) {
    if (size == quarters.length) {
      quarters = Arrays.copyOf(quarters, size * 2);
      credits = Arrays.copyOf(credits, size * 2);
    }
    System.arraycopy(quarters, place, quarters, place + 1, size - place);
    System.arraycopy(credits, place, credits, place + 1, size - place);
    quarters[place] = quarter;
    credits[place] = change;
    size++;
  }

  void clear() {
    size = 0;
  }

  /** Visits the quarter-hours from (inclusive) to (exclusive), in order. */
  void forEach(int from, int to, WorkspaceQuarterHours.Visitor visitor) {
    int place = place(from);
    for (int i = place >= 0 ? place : -place - 1; i < size && quarters[i] < to; i++) {
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
