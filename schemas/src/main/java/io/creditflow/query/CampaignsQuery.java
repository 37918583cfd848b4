package io.creditflow.query;

import java.util.Set;

/**
 * The parameters of {@code GET .../credits/campaigns}.
 *
 * @param statuses the statuses of the campaigns to return; empty for all
 * @param search part of the name or id, compared without regard to case and Unicode form; empty for
 *     all
 * @param campaignId the only campaign to return; null for all
 * @param limit rows on a page, at least 1
 * @param cursor {@code nextCursor} of the previous page; null for the first page
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
