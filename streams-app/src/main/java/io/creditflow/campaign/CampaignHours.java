package io.creditflow.campaign;

import io.creditflow.projection.ActivePeriods;
import io.creditflow.state.RowStore;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageCount;
import io.creditflow.usage.UsageSeries;
import io.creditflow.usage.WorkspaceQuarterHours;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one campaign by UTC hour, counted from the epoch. Caches rows, so that an instance
 * serves one read of the state only.
 */
public final class CampaignHours implements LongUnaryOperator {
  private static final int QUARTERS = 4;
  private static final long HOUR_MILLIS = QUARTERS * WorkspaceQuarterHours.QUARTER_MILLIS;

  private final RowStore state;
  private final String workspaceId;
  private final String campaignId;
  private final CampaignRow row;
  private final boolean isWhollyRecent;
  private final CampaignUsage quarters;
  private final Map<Integer, UsageSeries> rows = new HashMap<>();
  private @Nullable ActivePeriods active;

  public CampaignHours(RowStore state, String workspaceId, String campaignId, CampaignRow row) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.campaignId = campaignId;
    this.row = row;
    isWhollyRecent = row.isWhollyRecent();
    quarters = CampaignUsage.quarters(state, workspaceId);
  }

  public static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  /** Credits of the hour; -1 before the first usage, and where the campaign was not active. */
  @Override
  public long applyAsLong(long hour) {
    if (hour < hourOf(row.firstActivityAt())) {
      return -1;
    }
    long credits = count(hour).credits();
    return credits == 0 && !atWork(hour) ? -1 : credits;
  }

  /** The usage of the hour. */
  public UsageCount count(long hour) {
    int quarter = Math.toIntExact(hour * QUARTERS);
    UsageCount count = row.recent().sum(quarter, quarter + QUARTERS);
    if (!isWhollyRecent) {
      count.add(
          rows.computeIfAbsent(quarters.firstOf(quarter), first -> quarters.row(campaignId, first))
              .sum(quarter, quarter + QUARTERS));
    }
    return count;
  }

  /** The number of rows read so far. */
  public int rowsRead() {
    return rows.size();
  }

  private boolean atWork(long hour) {
    if (active == null) {
      active = row.activeTime(CampaignVersions.of(state, workspaceId, campaignId));
    }
    Instant from = Instant.ofEpochMilli(hour * HOUR_MILLIS);
    return active.overlaps(from, from.plusMillis(HOUR_MILLIS));
  }
}
