package io.creditflow.query;

import java.time.Instant;

/**
 * A campaign's spend ({@code GET .../credits/campaigns}). Amounts are whole credits.
 *
 * @param name null until the campaign is described
 * @param source PLATFORM, CRM or CSV; null until the campaign is described
 * @param creditsUsed over the campaign's life
 * @param quota null if it has none
 * @param projectedUsage credits used by the campaign's end, never below creditsUsed; null with a
 *     projectionReason when there is too little to go by
 * @param projectedLow low bound of an 80 % interval; null with projectedUsage
 * @param projectedHigh high bound; null with projectedUsage
 * @param projectionReason in plain words why there is no projection ("too little to go by: ..."),
 *     or what there is of one is based on; null where nothing had to be projected
 * @param quotaReachedAt a projected instant; null once reached or when not foreseen
 * @param lastActivityAt latest usage, reversed or not; null before the first
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
