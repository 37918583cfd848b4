package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The input of the projection of a campaign.
 *
 * @param days the days of the workspace's time zone
 * @param now the last full minute, so that answers do not change within a minute
 * @param active whether the campaign's status is ACTIVE now
 * @param creditsUsed all credits that the campaign has used
 * @param startsAt no usage is expected between now and this instant; null if not set
 * @param end the campaign's endsAt; if not set, the end of the credit period, else 30 days ahead
 * @param quota the quota in credits; null if the campaign has none
 * @param past the campaign's last days
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
