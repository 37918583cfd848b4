package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The input of the projection of a campaign.
 *
 * @param days converts instants to days of the workspace's time zone
 * @param now the last full minute, so that answers do not change within a minute
 * @param active whether the campaign's status is ACTIVE now
 * @param creditsUsed all credits that the campaign has used
 * @param startsAt if it is later than now, no usage is expected before it; null if not set
 * @param end the campaign's endsAt; without one, when the live grant that expires first ends;
 *     without such a grant, 30 days from now
 * @param quota the quota in credits; null if the campaign has none
 * @param past usage by day; the last day is today up to now
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
