package io.creditflow.reference;

import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.HistoryRow.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All rows of the Credit History, newest first. */
final class HistoryPage {
  private HistoryPage() {}

  /** A row and what it tells of, which gives its place. */
  record Line(Book.Entry entry, HistoryRow row) {}

  /**
   * Where a page ended.
   *
   * @param below what moved the balance before the last row shown
   */
  record Cursor(Book.Entry last, List<Long> below) {
    static Cursor after(List<Line> lines, Line last) {
      return new Cursor(last.entry, movements(older(lines, last.entry)));
    }

    boolean changed(List<Line> lines) {
      return !below.equals(movements(older(lines, last)));
    }
  }

  static List<Line> older(List<Line> lines, Book.Entry than) {
    return lines.stream().filter(line -> Book.Entry.ORDER.compare(line.entry, than) < 0).toList();
  }

  private static List<Long> movements(List<Line> lines) {
    return lines.stream().map(line -> line.row.credits()).toList();
  }

  static List<Line> lines(Book book, Walk present) {
    List<Line> rows = new ArrayList<>();
    for (Walk.Step step : present.steps()) {
      HistoryRow row = row(book, step);
      if (row != null) {
        rows.add(new Line(step.entry(), row));
      }
    }
    Collections.reverse(rows);
    return rows;
  }

  static boolean shown(HistoryRow row, HistoryQuery query, ZoneId zone) {
    LocalDate day = Days.of(row.occurredAt(), zone);
    return (query.from() == null || !day.isBefore(query.from()))
        && (query.to() == null || !day.isAfter(query.to()))
        && (query.campaignId() == null || query.campaignId().equals(row.campaignId()))
        && (query.leadId() == null || query.leadId().equals(row.leadId()))
        && (query.kinds().isEmpty() || query.kinds().contains(row.kind()));
  }

  /** Null for an expiry that forfeits nothing: it has no row. */
  private static HistoryRow row(Book book, Walk.Step step) {
    if (step.entry() instanceof Book.Entry.End end) {
      GrantLife life = end.life();
      if (life.voidCounts()) {
        String reason = life.voided().getReason();
        return grantRow(Kind.VOIDED, "voided:", life, step, reason);
      }
      return step.credits() == 0 ? null : grantRow(Kind.EXPIRED, "expired:", life, step, null);
    }
    if (step.entry() instanceof Book.Entry.Effect effect) {
      GrantLife life = effect.life();
      return grantRow(Kind.GRANTED, "granted:", life, step, life.grant().getReason());
    }
    if (step.entry() instanceof Book.Entry.Use use) {
      Usage used = use.usage();
      Kind kind = Kind.valueOf(used.what().name());
      return usageRow(book, kind, used.eventId(), used, step, use.reversed(), null, null, null);
    }
    Book.Entry.Reversal reversal = (Book.Entry.Reversal) step.entry();
    Usage used = reversal.usage();
    return usageRow(
        book,
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
      Kind kind, String prefix, GrantLife life, Walk.Step step, String reason) {
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
      Book book,
      Kind kind,
      String eventId,
      Usage used,
      Walk.Step step,
      boolean reversed,
      Long reversedCredits,
      String reversedEventId,
      String reason) {
    return new HistoryRow(
        "event:" + eventId,
        kind,
        step.entry().at(),
        used.campaignId(),
        book.campaignName(used.campaignId()),
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
