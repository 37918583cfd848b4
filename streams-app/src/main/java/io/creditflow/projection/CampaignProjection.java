package io.creditflow.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credits that a campaign will have used by its end (contract section 4, projectedUsage).
 *
 * @param usage whole credits, never below what is used; null with a reason
 * @param low low bound of an 80 % interval; null with usage
 * @param high high bound; null with usage
 * @param reason what the projection is based on, or why there is none, in plain words; null where
 *     nothing had to be projected
 * @param quotaReachedAt when usage is expected to reach the quota, a whole minute after now; null
 *     once reached, or when that is not foreseen before the end
 */
public record CampaignProjection(
    @Nullable Long usage,
    @Nullable Long low,
    @Nullable Long high,
    @Nullable String reason,
    @Nullable Instant quotaReachedAt) {
  /** Days at work that must have been seen, unless fewer are still to come. */
  static final double WORKED_DAYS_MIN = 2;

  /** Less than this says more about the hour than about the day. */
  private static final double WORKED_MIN = 0.25;

  /** Far beyond any grant; keeps sums inside a long whatever the dates say. */
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

  private static CampaignProjection unknown(String why) {
    return new CampaignProjection(null, null, null, "too little to go by: " + why, null);
  }

  private static long rounded(double credits) {
    return Math.round(Math.min(credits, CREDITS_MAX));
  }

  private static @Nullable Instant quotaReachedAt(
      CampaignUsageHistory campaign, BurnRate burnRate, double from, double end) {
    // Half a credit short rounds up to the quota: the instant and the rounded usage must agree.
    double left = campaign.quota() == null ? 0 : campaign.quota() - campaign.creditsUsed() - 0.5;
    if (left <= 0 || burnRate.credits(from, end) < left) {
      return null;
    }
    return minuteAfter(
        campaign.now().toEpochMilli(),
        campaign.days().at(Math.min(end, burnRate.after(from, left))));
  }

  /** The full minute at or before an instant, or the next one where that is not after now. */
  static Instant minuteAfter(long now, long at) {
    long minute = Math.max(Math.floorDiv(at, MINUTE_MILLIS), Math.floorDiv(now, MINUTE_MILLIS) + 1);
    return Instant.ofEpochMilli(minute * MINUTE_MILLIS);
  }
}
