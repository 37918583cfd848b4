package io.creditflow.query;

import java.util.List;

/**
 * What leads and phone numbers would do now ({@code GET .../credits/preview}). Amounts are whole
 * credits; credits = covered + overage.
 *
 * @param covered what live grants cover
 * @param overage what none covers
 * @param remainingAfter what would be left of the live grants
 * @param draws what each grant would give, in the order of drawing, none of them 0
 * @param quota of the campaign; null without a campaign or a quota
 */
public record PreviewResponse(
    long credits, long covered, long overage, long remainingAfter, List<Draw> draws, Quota quota) {

  public record Draw(String grantId, long credits) {}

  public record Quota(long limit, long usedBefore, long usedAfter) {}
}
