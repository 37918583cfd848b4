package io.creditflow.query;

import java.util.Set;

/**
 * What {@code GET .../credits/campaigns} asks for.
 *
 * @param statuses which to show; empty for all
 * @param search part of the name or id, whatever its case and Unicode form; empty for all
 * @param campaignId exactly this one; null for all
 * @param limit rows on a page, at least 1
 * @param cursor from an earlier answer; null for the first page
 */
public record CampaignsQuery(
    Set<CampaignItem.Status> statuses,
    String search,
    String campaignId,
    Sort sort,
    boolean descending,
    int limit,
    String cursor) {

  public enum Sort {
    CREDITS_USED,
    NAME,
    PROJECTED_USAGE,
    LAST_ACTIVITY_AT
  }
}
