package io.creditflow.reference;

import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.HistoryRow.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All rows of the Credit History, newest first. */
final class ReferenceHistory {
  private ReferenceHistory() {}

  /** A row and the entry that it shows; the entry determines the row's position. */
  record Row(AcceptedEvents.Entry entry, HistoryRow row) {}

  /**
   * The position where a page ended.
   *
   * @param last the entry of the page's last row
   * @param creditsBelow the credits of all rows below that row, newest first
   */
  record Cursor(AcceptedEvents.Entry last, List<Long> creditsBelow) {
    static Cursor after(List<Row> lines, Row last) {
      return new Cursor(last.entry, movements(older(lines, last.entry)));
    }

    boolean changed(List<Row> lines) {
      return !creditsBelow.equals(movements(older(lines, last)));
    }
  }

  static List<Row> older(List<Row> lines, AcceptedEvents.Entry than) {
    return lines.stream()
        .filter(line -> AcceptedEvents.Entry.ORDER.compare(line.entry, than) < 0)
        .toList();
  }

  private static List<Long> movements(List<Row> lines) {
    return lines.stream().map(line -> line.row.credits()).toList();
  }

  static List<Row> lines(AcceptedEvents accepted, ReferenceBurnDown present) {
    List<Row> rows = new ArrayList<>();
    for (ReferenceBurnDown.Step step : present.steps()) {
      HistoryRow row = row(accepted, step);
      if (row != null) {
        rows.add(new Row(step.entry(), row));
      }
    }
    Collections.reverse(rows);
    return rows;
  }

  static boolean shown(HistoryRow row, HistoryQuery query, ZoneId zone) {
    LocalDate day = ReferenceDays.of(row.occurredAt(), zone);
    return (query.from() == null || !day.isBefore(query.from()))
        && (query.to() == null || !day.isAfter(query.to()))
        && (query.campaignId() == null || query.campaignId().equals(row.campaignId()))
        && (query.leadId() == null || query.leadId().equals(row.leadId()))
        && (query.kinds().isEmpty() || query.kinds().contains(row.kind()));
  }

  /** The row of a step; null for an expiry that forfeits nothing, which has no row. */
  private static HistoryRow row(AcceptedEvents accepted, ReferenceBurnDown.Step step) {
    if (step.entry() instanceof AcceptedEvents.Entry.End end) {
      GrantLifetime life = end.life();
      if (life.voidCounts()) {
        String reason = life.voided().getReason();
        return grantRow(Kind.VOIDED, "voided:", life, step, reason);
      }
      return step.credits() == 0 ? null : grantRow(Kind.EXPIRED, "expired:", life, step, null);
    }
    if (step.entry() instanceof AcceptedEvents.Entry.Effect effect) {
      GrantLifetime life = effect.life();
      return grantRow(Kind.GRANTED, "granted:", life, step, life.grant().getReason());
    }
    if (step.entry() instanceof AcceptedEvents.Entry.Use use) {
      ReferenceUsage used = use.usage();
      Kind kind = Kind.valueOf(used.what().name());
      return usageRow(accepted, kind, used.eventId(), used, step, use.reversed(), null, null, null);
    }
    AcceptedEvents.Entry.Reversal reversal = (AcceptedEvents.Entry.Reversal) step.entry();
    ReferenceUsage used = reversal.usage();
    return usageRow(
        accepted,
        Kind.REVERSED,
        reversal.record().getEventId(),
        used,
        step,
        false,
        used.price(),
        used.eventId(),
        reversal.record().getReason());
  }

  private static HistoryRow grantRow(
      Kind kind, String prefix, GrantLifetime life, ReferenceBurnDown.Step step, String reason) {
    return new HistoryRow(
        prefix + life.id(),
        kind,
        step.entry().at(),
        null,
        null,
        null,
        life.id(),
        step.credits(),
        step.balanceAfter(),
        step.overageAfter(),
        false,
        null,
        null,
        reason);
  }

  private static HistoryRow usageRow(
      AcceptedEvents accepted,
      Kind kind,
      String eventId,
      ReferenceUsage used,
      ReferenceBurnDown.Step step,
      boolean reversed,
      Long reversedCredits,
      String reversedEventId,
      String reason) {
    return new HistoryRow(
        "event:" + eventId,
        kind,
        step.entry().at(),
        used.campaignId(),
        accepted.campaignName(used.campaignId()),
        used.leadId(),
        null,
        step.credits(),
        step.balanceAfter(),
        step.overageAfter(),
        reversed,
        reversedCredits,
        reversedEventId,
        reason);
  }
}
