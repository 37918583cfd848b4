package io.creditflow.query;

import java.time.Instant;

/**
 * A campaign's spend ({@code GET .../credits/campaigns}). Amounts are whole credits.
 *
 * @param name null until the campaign is described
 * @param source PLATFORM, CRM or CSV; null until the campaign is described
 * @param creditsUsed credits used over the campaign's whole life
 * @param quota null if the campaign has none
 * @param projectedUsage credits used by the campaign's end, never below creditsUsed; null with a
 *     projectionReason if there is too little usage for a projection
 * @param projectedLow lower bound of the 80 % interval; null if projectedUsage is null
 * @param projectedHigh upper bound of that interval; null if projectedUsage is null
 * @param projectionReason a sentence that says why there is no projection ("too little to go by:
 *     ...") or what the projection is based on; null if no projection was needed
 * @param quotaReachedAt the projected instant; null if the quota has been reached or is not
 *     projected to be
 * @param lastActivityAt time of the latest usage, reversed or not; null before the first usage
 */
public record CampaignItem(
    String campaignId,
    String name,
    String source,
    Status status,
    long creditsUsed,
    long leadsSourced,
    long phonesRevealed,
    Long quota,
    Long projectedUsage,
    Long projectedLow,
    Long projectedHigh,
    String projectionReason,
    Instant quotaReachedAt,
    Instant startsAt,
    Instant endsAt,
    Instant lastActivityAt) {

  public enum Status {
    DRAFT,
    ACTIVE,
    PAUSED,
    COMPLETED,
    UNKNOWN
  }
}
