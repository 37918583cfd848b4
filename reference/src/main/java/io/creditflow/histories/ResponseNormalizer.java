package io.creditflow.histories;

import static java.util.Comparator.comparing;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.Runway;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Series;
import java.util.List;

/**
 * Removes from responses what the contract leaves open and what the reference calculator does not
 * compute.
 */
public final class ResponseNormalizer {
  private ResponseNormalizer() {}

  /**
   * Sorts the grants, whose order the contract leaves open, and removes runways other than that of
   * a workspace without credits.
   */
  public static CreditsResponse of(CreditsResponse credits) {
    return new CreditsResponse(
        credits.workspaceId(),
        credits.name(),
        credits.timeZone(),
        credits.remaining(),
        credits.allocated(),
        credits.consumed(),
        credits.overage(),
        credits.expiresAt(),
        credits.daysRemaining(),
        credits.period(),
        credits.grants().stream().sorted(comparing(CreditsResponse.GrantItem::grantId)).toList(),
        Runway.NO_CREDITS.equals(credits.runway()) ? Runway.NO_CREDITS : null);
  }

  /** Removes the labels, which the contract leaves open. */
  public static TrendsResponse of(TrendsResponse trends) {
    return new TrendsResponse(
        trends.from(),
        trends.to(),
        trends.granularity(),
        trends.groupBy(),
        trends.timeZone(),
        trends.total(),
        trends.series().stream()
            .map(
                series ->
                    new Series(series.key(), "", series.rest(), series.total(), series.points()))
            .toList());
  }

  /** Removes the projections. */
  public static CampaignItem of(CampaignItem item) {
    return new CampaignItem(
        item.campaignId(),
        item.name(),
        item.source(),
        item.status(),
        item.creditsUsed(),
        item.leadsSourced(),
        item.phonesRevealed(),
        item.quota(),
        null,
        null,
        null,
        null,
        null,
        item.startsAt(),
        item.endsAt(),
        item.lastActivityAt());
  }

  /** Removes the row's id, whose form the contract leaves open. */
  public static HistoryRow of(HistoryRow row) {
    return new HistoryRow(
        "",
        row.kind(),
        row.occurredAt(),
        row.campaignId(),
        row.campaignName(),
        row.leadId(),
        row.grantId(),
        row.credits(),
        row.balanceAfter(),
        row.overageAfter(),
        row.reversed(),
        row.reversedCredits(),
        row.reversedEventId(),
        row.reason());
  }

  public static List<HistoryRow> rows(List<HistoryRow> rows) {
    return rows.stream().map(ResponseNormalizer::of).toList();
  }
}
