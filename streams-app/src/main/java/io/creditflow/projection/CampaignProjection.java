package io.creditflow.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The credits that a campaign will have used by its end (contract section 4, projectedUsage).
 *
 * @param usage whole credits, at least the credits used so far; null if there is no projection
 * @param low the low bound of an 80 % interval; null if usage is null
 * @param high the high bound of the interval; null if usage is null
 * @param reason what the projection is based on, or why there is none; null if nothing had to be
 *     projected
 * @param quotaReachedAt when usage is expected to reach the quota, a whole minute after now; null
 *     if it has been reached, or is not expected to be reached before the end
 */
public record CampaignProjection(
    @Nullable Long usage,
    @Nullable Long low,
    @Nullable Long high,
    @Nullable String reason,
    @Nullable Instant quotaReachedAt) {
  /** The minimum of active days for a projection, unless fewer days remain. */
  static final double WORKED_DAYS_MIN = 2;

  /** The minimum even then: with less, the projection would depend on the hour of the day. */
  private static final double WORKED_MIN = 0.25;

  /** Beyond any grant. The bound keeps sums within a long, whatever the dates are. */
  private static final double CREDITS_MAX = 1e15;

  private static final long MINUTE_MILLIS = 60_000;

  /** Projects one campaign. */
  public static CampaignProjection of(CampaignUsageHistory campaign, BurnRate.Settings settings) {
    long used = campaign.creditsUsed();
    if (!campaign.active() || !campaign.end().isAfter(campaign.now())) {
      return new CampaignProjection(used, used, used, null, null);
    }
    if (used == 0) {
      return unknown("no credits used yet");
    }
    double now = campaign.days().position(campaign.now().toEpochMilli());
    double end = campaign.days().position(campaign.end().toEpochMilli());
    double worked = campaign.past().workedDays();
    if (worked < Math.min(WORKED_DAYS_MIN, Math.max(end - now, WORKED_MIN))) {
      return unknown(
          worked < 1 ? "less than a day of activity so far" : "only one day of activity so far");
    }
    BurnRate burnRate = BurnRate.of(campaign.past(), settings);
    double from =
        campaign.startsAt() == null
            ? now
            : Math.min(
                end, Math.max(now, campaign.days().position(campaign.startsAt().toEpochMilli())));
    int days = (int) Math.max(1, Math.round(worked));
    return new CampaignProjection(
        used + rounded(burnRate.credits(from, end)),
        used + rounded(burnRate.low().credits(from, end)),
        used + rounded(burnRate.high().credits(from, end)),
        "based on the last " + (days == 1 ? "day" : days + " days") + ", pauses left out",
        quotaReachedAt(campaign, burnRate, from, end));
  }

  private static CampaignProjection unknown(String cause) {
    return new CampaignProjection(null, null, null, "too little to go by: " + cause, null);
  }

  private static long rounded(double credits) {
    return Math.round(Math.min(credits, CREDITS_MAX));
  }

  private static @Nullable Instant quotaReachedAt(
      CampaignUsageHistory campaign, BurnRate burnRate, double from, double end) {
    // Half a credit below the quota rounds up to it; this keeps the instant consistent with usage.
    double left = campaign.quota() == null ? 0 : campaign.quota() - campaign.creditsUsed() - 0.5;
    if (left <= 0 || burnRate.credits(from, end) < left) {
      return null;
    }
    return minuteAfter(
        campaign.now().toEpochMilli(),
        campaign.days().at(Math.min(end, burnRate.after(from, left))));
  }

  /** The last full minute up to an instant, but at least the first full minute after now. */
  static Instant minuteAfter(long now, long at) {
    long minute = Math.max(Math.floorDiv(at, MINUTE_MILLIS), Math.floorDiv(now, MINUTE_MILLIS) + 1);
    return Instant.ofEpochMilli(minute * MINUTE_MILLIS);
  }
}
