package io.creditflow.histories;

import static java.util.Comparator.comparing;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.Runway;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsAnswer.Series;
import java.util.List;

/** Answers without what the contract leaves open or the referee does not know. */
public final class Plain {
  private Plain() {}

  /** Of runways only that of a workspace without credits; the order of grants is open. */
  public static CreditsAnswer of(CreditsAnswer credits) {
    return new CreditsAnswer(
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
        credits.grants().stream().sorted(comparing(CreditsAnswer.GrantItem::grantId)).toList(),
        Runway.NO_CREDITS.equals(credits.runway()) ? Runway.NO_CREDITS : null);
  }

  /** Labels are open. */
  public static TrendsAnswer of(TrendsAnswer trends) {
    return new TrendsAnswer(
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

  /** Without projections. */
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

  /** The form of a row's id is open. */
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
    return rows.stream().map(Plain::of).toList();
  }
}
