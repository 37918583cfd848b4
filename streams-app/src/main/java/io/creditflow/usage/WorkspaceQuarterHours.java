package io.creditflow.usage;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credits used by a whole workspace, by UTC quarter-hour. There is one row per UTC day, which
 * begins with the day's sum. The recent quarter-hours are in {@link WorkspaceUsage}. So reading a
 * range costs one row per day.
 */
public final class WorkspaceQuarterHours {
  public static final long QUARTER_MILLIS = 15 * 60_000L;
  private static final int DAY_QUARTERS = 96;

  private final RowStore state;
  private final String workspaceId;
  private final WorkspaceUsage usage;

  /**
   * @param usage the workspace's usage row, which holds the recent quarter-hours
   */
  public WorkspaceQuarterHours(RowStore state, String workspaceId, WorkspaceUsage usage) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.usage = usage;
  }

  /** Receives a quarter-hour and credits that the workspace used in it. */
  public interface Visitor {
    void visit(int quarter, long credits);
  }

  /** The UTC quarter-hour that contains the instant, in quarter-hours since 1970. */
  public static int quarter(long millis) {
    return (int) Math.floorDiv(millis, QUARTER_MILLIS);
  }

  /** The UTC day that contains the quarter-hour, in days since 1970. */
  public static int day(int quarter) {
    return Math.floorDiv(quarter, DAY_QUARTERS);
  }

  /** The credits used in the quarter-hours from (inclusive) to (exclusive). */
  public long between(int from, int to) {
    long[] recent = {0};
    usage.recent().forEach(from, to, (quarter, credits) -> recent[0] += credits);
    long sum = recent[0];
    try (RowStore.RowIterator rows = days(from, to)) {
      while (rows.hasNext()) {
        RowStore.Row row = rows.next();
        int first = dayOf(row) * DAY_QUARTERS;
        RowReader reader = new RowReader(row.storedValue());
        long whole = reader.int64();
        sum += first >= from && first + DAY_QUARTERS <= to ? whole : part(reader, first, from, to);
      }
    }
    return sum;
  }

  private static long part(RowReader quarters, int first, int from, int to) {
    long sum = 0;
    for (int quarter = first; quarter < Math.min(to, first + DAY_QUARTERS); quarter++) {
      long credits = quarters.int64();
      sum += quarter < from ? 0 : credits;
    }
    return sum;
  }

  /**
   * Visits the quarter-hours from (inclusive) to (exclusive). A quarter-hour whose usage is partly
   * recent is visited twice, so the visitor must add up.
   */
  public void forEach(int from, int to, Visitor visitor) {
    try (RowStore.RowIterator rows = days(from, to)) {
      while (rows.hasNext()) {
        RowStore.Row row = rows.next();
        int first = dayOf(row) * DAY_QUARTERS;
        long[] quarters = decode(row.value());
        for (int i = Math.max(0, from - first); i < DAY_QUARTERS && first + i < to; i++) {
          if (quarters[i] != 0) {
            visitor.visit(first + i, quarters[i]);
          }
        }
      }
    }
    usage.recent().forEach(from, to, visitor);
  }

  /**
   * Reads the row of a day and returns it with usage added.
   *
   * @param change credits by quarter-hour, all within the day
   */
  public RowStore.Row rowWith(int day, Map<Integer, Long> change, RowWriter writer) {
    byte[] key = key(day);
    long[] quarters = decode(state.get(key));
    change.forEach((quarter, credits) -> quarters[Math.floorMod(quarter, DAY_QUARTERS)] += credits);
    long sum = 0;
    for (long credits : quarters) {
      sum += credits;
    }
    writer.clear().int64(sum);
    for (long credits : quarters) {
      writer.int64(credits);
    }
    return new RowStore.Row(key, writer.bytes());
  }

  private static long[] decode(byte @Nullable [] row) {
    long[] quarters = new long[DAY_QUARTERS];
    if (row != null) {
      RowReader reader = new RowReader(row);
      reader.int64();
      for (int i = 0; i < DAY_QUARTERS; i++) {
        quarters[i] = reader.int64();
      }
    }
    return quarters;
  }

  private RowStore.RowIterator days(int from, int to) {
    return state.ascend(key(day(from)), key(day(Math.max(from, to) - 1) + 1));
  }

  private byte[] key(int day) {
    return RowKey.of(Table.WORKSPACE_QUARTER_HOURS, workspaceId).int32(day).bytes();
  }

  private static int dayOf(RowStore.Row row) {
    RowKey.Parser key = RowKey.parts(row.key());
    key.text();
    return key.int32();
  }
}
