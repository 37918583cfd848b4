package io.creditflow.usage;

import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.State;
import io.creditflow.state.Table;

/**
 * Credits used by a whole workspace, by UTC quarter-hour and UTC day: sums over any range of
 * quarter-hours cost a few hundred rows at most for each year.
 */
public final class Tally {
  public static final long QUARTER_MILLIS = 15 * 60_000L;
  public static final long DAY_MILLIS = 96 * QUARTER_MILLIS;

  private final State state;
  private final String workspaceId;

  public Tally(State state, String workspaceId) {
    this.state = state;
    this.workspaceId = workspaceId;
  }

  /** Quarter-hours since 1970. */
  public static int quarter(long millis) {
    return (int) Math.floorDiv(millis, QUARTER_MILLIS);
  }

  /** Days since 1970, UTC. */
  public static int day(long millis) {
    return (int) Math.floorDiv(millis, DAY_MILLIS);
  }

  /** Credits used in the quarter-hours from (inclusive) to (exclusive). */
  public long between(int fromQuarter, int toQuarter) {
    if (fromQuarter >= toQuarter) {
      return 0;
    }
    int firstDay = -Math.floorDiv(-fromQuarter, 96);
    int endDay = Math.floorDiv(toQuarter, 96);
    if (firstDay >= endDay) {
      return sum(Table.TALLY_QUARTER, fromQuarter, toQuarter);
    }
    return sum(Table.TALLY_QUARTER, fromQuarter, firstDay * 96)
        + sum(Table.TALLY_DAY, firstDay, endDay)
        + sum(Table.TALLY_QUARTER, endDay * 96, toQuarter);
  }

  private long sum(Table table, int from, int to) {
    if (from >= to) {
      return 0;
    }
    long sum = 0;
    try (State.Rows rows =
        state.ascend(
            Key.of(table, workspaceId).int32(from).bytes(),
            Key.of(table, workspaceId).int32(to).bytes())) {
      while (rows.hasNext()) {
        sum += new RowReader(rows.next().value()).int64();
      }
    }
    return sum;
  }
}
