package io.creditflow.campaign;

import io.creditflow.projection.ActiveTime;
import io.creditflow.state.State;
import io.creditflow.usage.CampaignQuarters;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * What one campaign spent by UTC hour, counted from the epoch. Remembers the rows that it read: for
 * one look at the state as it is, not to be kept.
 */
public final class CampaignHours implements LongUnaryOperator {
  private static final int QUARTERS = 4;
  private static final long HOUR_MILLIS = QUARTERS * Tally.QUARTER_MILLIS;

  private final State state;
  private final String workspaceId;
  private final String campaignId;
  private final CampaignRow row;
  private final Map<Integer, UsageCount[]> rows = new HashMap<>();
  private ActiveTime active;

  public CampaignHours(State state, String workspaceId, String campaignId) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.campaignId = campaignId;
    row = CampaignRow.read(state, workspaceId, campaignId);
  }

  public static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  /** The campaign's totals and present picture. */
  public CampaignRow campaign() {
    return row;
  }

  /** Credits of the hour; -1 before the first usage, and where it spent nothing, being at rest. */
  @Override
  public long applyAsLong(long hour) {
    if (hour < hourOf(row.firstActivityAt())) {
      return -1;
    }
    long credits = count(hour).credits();
    return credits == 0 && !atWork(hour) ? -1 : credits;
  }

  /** What was done in the hour. */
  public UsageCount count(long hour) {
    int quarter = Math.toIntExact(hour * QUARTERS);
    int first = CampaignQuarters.rowOf(quarter);
    UsageCount[] counts =
        rows.computeIfAbsent(
            first, of -> CampaignQuarters.counts(state, workspaceId, campaignId, of));
    return CampaignQuarters.sumOfHour(counts, quarter - first);
  }

  /** How many rows were read so far, as a measure of what it costs. */
  public int rowsRead() {
    return rows.size();
  }

  private boolean atWork(long hour) {
    if (active == null) {
      active = row.activeTime(Pictures.of(state, workspaceId, campaignId));
    }
    Instant from = Instant.ofEpochMilli(hour * HOUR_MILLIS);
    return active.overlaps(from, from.plusMillis(HOUR_MILLIS));
  }
}
