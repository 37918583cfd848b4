package io.creditflow.histories;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Checks that the product's responses are consistent with each other (rule 11 and similar ones),
 * without the reference calculator.
 */
final class SumInvariants {
  private SumInvariants() {}

  static void agree(CreditQueries product, GeneratedHistory history, Instant now) {
    for (String workspaceId : history.workspaceIds()) {
      if (product.workspace(workspaceId).isPresent()) {
        agree(product, workspaceId, now);
      }
    }
  }

  private static void agree(CreditQueries product, String workspaceId, Instant now) {
    CreditsResponse credits = product.credits(workspaceId, null).orElseThrow();
    for (GrantItem grant : credits.grants()) {
      MismatchError.unlessEqual(
          () -> "amount = remaining + consumed + forfeited of " + grant,
          grant.amount(),
          grant.remaining() + grant.consumed() + grant.forfeited());
    }
    HistoryQuery everything = new HistoryQuery(null, null, null, Set.of(), null, 500, null);
    List<HistoryRow> rows = product.history(workspaceId, everything).orElseThrow().items();
    checkNets(rows);
    long drawn = credits.grants().stream().mapToLong(GrantItem::consumed).sum();
    long usage = -rows.stream().filter(SumInvariants::isUsage).mapToLong(HistoryRow::credits).sum();
    MismatchError.unlessEqual(() -> "usage = drawn + overage", usage, drawn + credits.overage());
    CampaignsQuery all =
        new CampaignsQuery(Set.of(), "", null, CampaignsQuery.Sort.CREDITS_USED, true, 500, null);
    long campaigns =
        product.campaigns(workspaceId, all).orElseThrow().items().stream()
            .mapToLong(CampaignItem::creditsUsed)
            .sum();
    MismatchError.unlessEqual(() -> "usage = sum over campaigns", usage, campaigns);
    LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(2);
    TrendsQuery days = new TrendsQuery(last.minusDays(399), last, Granularity.DAY, Grouping.NONE);
    long total = product.trends(workspaceId, days).orElseThrow().total();
    MismatchError.unlessEqual(() -> "usage = sum over days", usage, total);
  }

  /**
   * Checks that each row's net is the net of the row below plus the row's credits, and that its
   * balance or its overage is 0.
   */
  private static void checkNets(List<HistoryRow> rows) {
    long below = 0;
    for (int index = rows.size() - 1; index >= 0; index--) {
      HistoryRow row = rows.get(index);
      MismatchError.unlessEqual(
          () -> "net = net below + credits at " + row,
          below + row.credits(),
          row.balanceAfter() - row.overageAfter());
      MismatchError.unless(
          row.balanceAfter() >= 0
              && row.overageAfter() >= 0
              && Math.min(row.balanceAfter(), row.overageAfter()) == 0,
          () -> "one of balance and overage is 0 at " + row);
      below += row.credits();
    }
  }

  private static boolean isUsage(HistoryRow row) {
    return row.kind() == HistoryRow.Kind.LEAD_SOURCED
        || row.kind() == HistoryRow.Kind.PHONE_REVEALED;
  }
}
