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

  public static long hourOfQuarter(int quarter) {
    return Math.floorDiv(quarter, QUARTERS);
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
    UsageCount sum = new UsageCount();
    for (int i = quarter - first; i < quarter - first + QUARTERS; i++) {
      if (counts[i] != null) {
        sum.add(counts[i]);
      }
    }
    return sum;
  }

  private boolean atWork(long hour) {
    if (active == null) {
      active =
          ActiveTime.of(
              Pictures.of(state, workspaceId, campaignId),
              row.picture() == null || row.picture().startsAt() == null
                  ? null
                  : Instant.ofEpochMilli(row.picture().startsAt()),
              Instant.ofEpochMilli(row.firstActivityAt()));
    }
    Instant from = Instant.ofEpochMilli(hour * HOUR_MILLIS);
    Instant to = from.plusMillis(HOUR_MILLIS);
    for (ActiveTime.Span span : active.spans()) {
      if (span.from().isBefore(to) && span.to().isAfter(from)) {
        return true;
      }
    }
    return false;
  }
}
