package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a campaign when its usage is projected.
 *
 * @param days of the workspace's zone
 * @param now as of when; the last full minute, so that answers stand still in between
 * @param active true if its status is ACTIVE now
 * @param creditsUsed over its whole life
 * @param startsAt before it nothing more is expected; null if none is set
 * @param end its end: endsAt, else the end of the credit period, else 30 days on
 * @param quota null if it has none
 * @param past its last days
 */
public record CampaignUsageHistory(
    WorkspaceDays days,
    Instant now,
    boolean active,
    long creditsUsed,
    @Nullable Instant startsAt,
    Instant end,
    @Nullable Long quota,
    DailyHistory past) {}
