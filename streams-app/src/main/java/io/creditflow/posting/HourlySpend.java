package io.creditflow.posting;

import io.creditflow.alert.SpikeDetector;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Pictures;
import io.creditflow.projection.ActiveTime;
import io.creditflow.state.State;
import io.creditflow.usage.CampaignQuarters;
import io.creditflow.usage.Tally;
import java.time.Instant;

/**
 * What one campaign spent by UTC hour, counted from the epoch. Remembers the row it read last, as
 * hours are mostly asked for in turn: for one look at the state as it is, not to be kept.
 */
final class HourlySpend {
  private static final int QUARTERS = 4;
  private static final long HOUR_MILLIS = QUARTERS * Tally.QUARTER_MILLIS;
  private static final int HOURS_MAX = SpikeDetector.HOURS_MAX + 24;

  private final State state;
  private final String workspaceId;
  private final String campaignId;
  private int row = Integer.MIN_VALUE;
  private long[] creditsOfRow;

  HourlySpend(State state, String workspaceId, String campaignId) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.campaignId = campaignId;
  }

  static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  static long hourOfQuarter(int quarter) {
    return Math.floorDiv(quarter, QUARTERS);
  }

  /** Credits spent in the hour. */
  long in(long hour) {
    int quarter = (int) hour * QUARTERS;
    int first = CampaignQuarters.rowOf(quarter);
    if (first != row) {
      creditsOfRow = CampaignQuarters.credits(state, workspaceId, campaignId, first);
      row = first;
    }
    long credits = 0;
    for (int i = quarter - first; i < quarter - first + QUARTERS; i++) {
      credits += creditsOfRow[i];
    }
    return credits;
  }

  /** Hour by hour from the first usage, at most some 50 days back; -1 where it was at rest. */
  long[] upTo(long lastHour, CampaignRow campaign) {
    long first = Math.max(lastHour - HOURS_MAX, hourOf(campaign.firstActivityAt()));
    ActiveTime active =
        ActiveTime.of(
            Pictures.of(state, workspaceId, campaignId),
            campaign.picture() == null || campaign.picture().startsAt() == null
                ? null
                : Instant.ofEpochMilli(campaign.picture().startsAt()),
            Instant.ofEpochMilli(campaign.firstActivityAt()));
    long[] credits = new long[(int) Math.max(0, lastHour - first + 1)];
    for (int i = 0; i < credits.length; i++) {
      long spent = in(first + i);
      credits[i] = spent == 0 && !atWork(active, first + i) ? -1 : spent;
    }
    return credits;
  }

  private static boolean atWork(ActiveTime active, long hour) {
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
