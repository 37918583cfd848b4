package io.creditflow.api.credit;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.Page;
import io.creditflow.query.TrendsResponse;
import io.creditflow.zone.TimeZones;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The columns of each CSV export (contract section 4). */
final class CsvTables {
  static final String HISTORY =
      "id,kind,occurredAt,localTime,campaignId,campaignName,leadId,grantId,credits,balanceAfter,"
          + "overageAfter,reversed,reversedCredits,reversedEventId,reason\r\n";
  static final String TRENDS = "key,label,start,credits,leadsSourced,phonesRevealed,remaining\r\n";
  static final String CAMPAIGNS =
      "campaignId,name,source,status,creditsUsed,leadsSourced,phonesRevealed,quota,projectedUsage,"
          + "projectedLow,projectedHigh,projectionReason,quotaReachedAt,startsAt,endsAt,"
          + "lastActivityAt\r\n";

  private CsvTables() {}

  /**
   * A page of history.
   *
   * @param timeZone the time zone of the workspace, for the column {@code localTime}
   */
  record LocalHistory(HistoryResponse history, String timeZone) {}

  static CsvPart history(LocalHistory local) {
    ZoneId zone = TimeZones.inUse().of(local.timeZone());
    StringBuilder lines = new StringBuilder();
    for (HistoryRow row : local.history().items()) {
      lines.append(
          new CsvLine()
              .text(row.id())
              .plain(row.kind())
              .plain(row.occurredAt())
              .plain(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(row.occurredAt().atZone(zone)))
              .text(row.campaignId())
              .text(row.campaignName())
              .text(row.leadId())
              .text(row.grantId())
              .plain(row.credits())
              .plain(row.balanceAfter())
              .plain(row.overageAfter())
              .plain(row.reversed())
              .plain(row.reversedCredits())
              .text(row.reversedEventId())
              .text(row.reason())
              .end());
    }
    return new CsvPart(lines.toString(), local.history().nextCursor());
  }

  static CsvPart trends(TrendsResponse trends) {
    StringBuilder lines = new StringBuilder();
    for (TrendsResponse.Series series : trends.series()) {
      for (TrendsResponse.Point point : series.points()) {
        lines.append(
            new CsvLine()
                .text(series.key())
                .text(series.label())
                .plain(point.start())
                .plain(point.credits())
                .plain(point.leadsSourced())
                .plain(point.phonesRevealed())
                .plain(point.remaining())
                .end());
      }
    }
    return new CsvPart(lines.toString(), null);
  }

  static CsvPart campaigns(Page<CampaignItem> page) {
    StringBuilder lines = new StringBuilder();
    for (CampaignItem item : page.items()) {
      lines.append(
          new CsvLine()
              .text(item.campaignId())
              .text(item.name())
              .plain(item.source())
              .plain(item.status())
              .plain(item.creditsUsed())
              .plain(item.leadsSourced())
              .plain(item.phonesRevealed())
              .plain(item.quota())
              .plain(item.projectedUsage())
              .plain(item.projectedLow())
              .plain(item.projectedHigh())
              .text(item.projectionReason())
              .plain(item.quotaReachedAt())
              .plain(item.startsAt())
              .plain(item.endsAt())
              .plain(item.lastActivityAt())
              .end());
    }
    return new CsvPart(lines.toString(), page.nextCursor());
  }
}
