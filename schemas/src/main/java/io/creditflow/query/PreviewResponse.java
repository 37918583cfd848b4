package io.creditflow.query;

import java.util.List;

/**
 * The effect that sourcing leads and revealing phone numbers would have now ({@code GET
 * .../credits/preview}). Amounts are whole credits; credits = covered + overage.
 *
 * @param covered the credits that live grants cover
 * @param overage the credits that no grant covers
 * @param remainingAfter the credits that would remain in the live grants
 * @param draws the amount drawn from each grant, in burn-down order; grants with amount 0 are
 *     omitted
 * @param quota the campaign's quota; null without a campaign or a quota
 */
public record PreviewResponse(
    long credits, long covered, long overage, long remainingAfter, List<Draw> draws, Quota quota) {

  public record Draw(String grantId, long credits) {}

  public record Quota(long limit, long usedBefore, long usedAfter) {}
}
