package io.creditflow.usage;

import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.Map;

/**
 * A campaign's usage by UTC quarter-hour: one row for each six hours, holding those quarter-hours
 * that have any. A row each would make a replay, where a flush covers hours, write a row an event;
 * a row a day would make each event rewrite the whole day.
 */
public final class CampaignQuarters {
  private static final int ROW_QUARTERS = 24;
  private static final int HOUR_QUARTERS = 4;

  private CampaignQuarters() {}

  /** Receives a quarter-hour in which a campaign was used. */
  public interface Visitor {
    void visit(int quarter, String campaignId, UsageCount count);
  }

  /** Receives what a campaign used in a UTC hour, counted from the epoch. */
  public interface HourVisitor {
    void visit(long hour, long credits);
  }

  /** The row that holds the quarter-hour, as its first quarter-hour. */
  public static int rowOf(int quarter) {
    return Math.floorDiv(quarter, ROW_QUARTERS) * ROW_QUARTERS;
  }

  /**
   * The row with usage added.
   *
   * @param first the row's first quarter-hour
   * @param change by quarter-hour, all of that row; left as it is
   * @param hours receives what the changed hours come to
   */
  public static State.Row added(
      State state,
      String workspaceId,
      String campaignId,
      int first,
      Map<Integer, UsageCount> change,
      RowWriter writer,
      HourVisitor hours) {
    byte[] key = key(workspaceId, first).text(campaignId).bytes();
    UsageCount[] counts = decode(state.get(key));
    change.forEach(
        (quarter, count) -> {
          int i = quarter - first;
          if (counts[i] == null) {
            counts[i] = count;
          } else {
            counts[i].add(count);
          }
        });
    change
        .keySet()
        .forEach(
            quarter ->
                hours.visit(
                    Math.floorDiv(quarter, HOUR_QUARTERS),
                    sumOfHour(counts, quarter - first).credits()));
    writer.clear();
    for (int i = 0; i < ROW_QUARTERS; i++) {
      if (counts[i] != null && !counts[i].isZero()) {
        counts[i].encode(writer.int8(i));
      }
    }
    return new State.Row(key, writer.length() == 0 ? null : writer.bytes());
  }

  /**
   * What a campaign used in each quarter-hour of a row; null where it used nothing.
   *
   * @param first the row's first quarter-hour
   */
  public static UsageCount[] counts(State state, String workspaceId, String campaignId, int first) {
    return decode(state.get(key(workspaceId, first).text(campaignId).bytes()));
  }

  /**
   * What a row's hour comes to.
   *
   * @param i index of one of its quarter-hours
   */
  public static UsageCount sumOfHour(UsageCount[] counts, int i) {
    UsageCount sum = new UsageCount();
    int hour = i / HOUR_QUARTERS * HOUR_QUARTERS;
    for (int j = hour; j < hour + HOUR_QUARTERS; j++) {
      if (counts[j] != null) {
        sum.add(counts[j]);
      }
    }
    return sum;
  }

  /** All rows of a workspace with quarter-hours from (inclusive) to (exclusive). Close them. */
  public static State.Rows rows(State state, String workspaceId, int from, int to) {
    return state.ascend(
        key(workspaceId, rowOf(from)).bytes(),
        key(workspaceId, rowOf(Math.max(from, to) - 1) + ROW_QUARTERS).bytes());
  }

  /** The first quarter-hour that a row may hold. */
  public static int firstOf(State.Row row) {
    Key.Parts key = Key.parts(row.key());
    key.text();
    return key.int32() * ROW_QUARTERS;
  }

  /** Visits what a row holds, in order. */
  public static void visit(State.Row row, Visitor visitor) {
    Key.Parts key = Key.parts(row.key());
    key.text();
    int first = key.int32() * ROW_QUARTERS;
    String campaignId = key.text();
    RowReader reader = new RowReader(row.value());
    while (reader.hasMore()) {
      visitor.visit(first + reader.int8(), campaignId, UsageCount.decode(reader));
    }
  }

  private static UsageCount[] decode(byte[] row) {
    UsageCount[] counts = new UsageCount[ROW_QUARTERS];
    if (row != null) {
      RowReader reader = new RowReader(row);
      while (reader.hasMore()) {
        counts[reader.int8()] = UsageCount.decode(reader);
      }
    }
    return counts;
  }

  private static Key key(String workspaceId, int first) {
    return Key.of(Table.QUARTER, workspaceId).int32(first / ROW_QUARTERS);
  }
}
