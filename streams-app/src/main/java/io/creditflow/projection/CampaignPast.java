package io.creditflow.projection;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What is known of a campaign when its usage is projected.
 *
 * @param zone the workspace's
 * @param now as of when; the last full minute, so that answers stand still in between
 * @param active true if its status is ACTIVE now
 * @param creditsUsed over its whole life
 * @param startsAt before it nothing more is expected; null if none is set
 * @param end its end: endsAt, else the end of the credit period, else 30 days on
 * @param quota null if it has none
 * @param dailyCredits of its life up to today; of a long one the last {@link Projection#DAYS_MAX}
 *     days are enough
 * @param rhythm of its day; {@link DayRhythm#even()} if no hours are at hand
 * @param activeTime when it was at work
 */
public record CampaignPast(
    ZoneId zone,
    Instant now,
    boolean active,
    long creditsUsed,
    Instant startsAt,
    Instant end,
    Long quota,
    DailyCredits dailyCredits,
    DayRhythm rhythm,
    ActiveTime activeTime) {}
