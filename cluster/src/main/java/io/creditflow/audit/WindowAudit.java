package io.creditflow.audit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.creditflow.audit.Finding.Kind;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.reference.ReferenceDays;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Compares the records that arrived since the audit's start time (the window) with the history of
 * one workspace. An event that occurred in the window also arrived in it, so each of these history
 * rows must have a record, and each record a row. A record of an event that occurred earlier must
 * have a row. What depends on records from before the window is not checked: the balance at its
 * start, and reversals of older usage.
 */
final class WindowAudit implements CheckList {
  private final String workspaceId;
  private final RemoteQueries product;
  private final ReferenceRules rules;
  private final Instant begin;
  private final Supplier<WorkspaceRecount> currentRecount;

  /** The fields of a usage row that can be computed from its record alone. */
  private record UsageRow(
      HistoryRow.Kind kind, Instant occurredAt, String campaignId, String leadId) {
    static UsageRow of(HistoryRow row) {
      return new UsageRow(row.kind(), row.occurredAt(), row.campaignId(), row.leadId());
    }

    static UsageRow of(SpecificRecord event) {
      if (event instanceof LeadSourced lead) {
        return new UsageRow(
            HistoryRow.Kind.LEAD_SOURCED,
            lead.getOccurredAt(),
            lead.getCampaignId(),
            lead.getLeadId());
      }
      PhoneRevealed phone = (PhoneRevealed) event;
      return new UsageRow(
          HistoryRow.Kind.PHONE_REVEALED,
          phone.getOccurredAt(),
          phone.getCampaignId(),
          phone.getLeadId());
    }
  }

  /**
   * @param begin the start of the window plus the future limit: each event that occurred at this
   *     time or later arrived in the window
   * @param currentRecount recounts with all records that have arrived by the time of the call
   */
  WindowAudit(
      String workspaceId,
      RemoteQueries product,
      ReferenceRules rules,
      Instant begin,
      Supplier<WorkspaceRecount> currentRecount) {
    this.workspaceId = workspaceId;
    this.product = product;
    this.rules = rules;
    this.begin = begin;
    this.currentRecount = currentRecount;
  }

  @Override
  public List<Finding> differences(WorkspaceRecount recount, Instant now) {
    if (recount.accepted().isEmpty()) {
      return List.of();
    }
    Optional<CreditsResponse> credits =
        product.credits(workspaceId, "").map(RemoteQueries.Credits::answer);
    if (credits.isEmpty()) {
      return List.of(
          new Finding(Kind.LOST, "credits: 404, but records of the workspace were accepted"));
    }
    ZoneId zone = TimeZones.inUse().of(credits.get().timeZone());
    LocalDate first = ReferenceDays.of(begin, zone);
    LocalDate today = ReferenceDays.of(now, zone);
    // Tomorrow, too: events may be dated ahead by the future limit.
    List<HistoryRow> rows = product.history(workspaceId, first, today.plusDays(1));
    List<Finding> found = new ArrayList<>();
    checkDatedInWindow(recount, rows, found);
    checkDatedEarlier(recount, zone, found);
    checkGrants(recount, credits.get(), found);
    checkBalances(rows, found);
    checkHours(rows, zone, first, today, found);
    return found;
  }

  /** Checks rows dated in the window: each record has a row, and each row a record. */
  private void checkDatedInWindow(
      WorkspaceRecount recount, List<HistoryRow> rows, List<Finding> found) {
    Map<UsageRow, Long> expected = usage(recount, at -> !at.isBefore(begin));
    // More records may have arrived before the history was read: these bound its rows from above.
    Map<UsageRow, Long> atMost = usage(currentRecount.get(), at -> !at.isBefore(begin));
    Map<UsageRow, Long> actual =
        rows.stream()
            .filter(WindowAudit::isUsage)
            .filter(row -> !row.occurredAt().isBefore(begin))
            .collect(groupingBy(UsageRow::of, counting()));
    reportMissing("", expected, actual, found);
    actual.forEach(
        (row, count) -> {
          long records = atMost.getOrDefault(row, 0L);
          if (count > records) {
            String text = "history has %d rows for %d records: %s".formatted(count, records, row);
            found.add(new Finding(Kind.DOUBLE, text));
          }
        });
    checkPrices(rows, found);
    checkReversals(recount, rows, found);
  }

  /**
   * Checks records dated before the window: each has a row. Rows without a record in the window
   * belong to older records.
   */
  private void checkDatedEarlier(WorkspaceRecount recount, ZoneId zone, List<Finding> found) {
    Map<UsageRow, Long> expected = usage(recount, at -> at.isBefore(begin));
    Set<LocalDate> days = new TreeSet<>();
    expected.keySet().forEach(row -> days.add(ReferenceDays.of(row.occurredAt, zone)));
    Map<UsageRow, Long> actual =
        days.stream()
            .flatMap(day -> product.history(workspaceId, day, day).stream())
            .filter(WindowAudit::isUsage)
            .collect(groupingBy(UsageRow::of, counting()));
    reportMissing("", expected, actual, found);
  }

  private static void reportMissing(
      String what, Map<UsageRow, Long> expected, Map<UsageRow, Long> actual, List<Finding> found) {
    expected.forEach(
        (row, count) -> {
          long lacking = count - actual.getOrDefault(row, 0L);
          if (lacking > 0) {
            found.add(
                new Finding(Kind.LOST, "history lacks %d x %s%s".formatted(lacking, what, row)));
          }
        });
  }

  /** Checks that each usage row has the price of its time, or 0 credits if it is reversed. */
  private void checkPrices(List<HistoryRow> rows, List<Finding> found) {
    for (HistoryRow row : rows) {
      if (isUsage(row) && !row.occurredAt().isBefore(begin)) {
        long price =
            rules.price(ReferenceRules.Charged.valueOf(row.kind().name()), row.occurredAt());
        long credits = row.reversed() ? 0 : -price;
        if (row.credits() != credits) {
          found.add(Finding.differs("credits of " + row.id(), credits, row));
        }
      }
    }
  }

  /**
   * Checks that each row of usage whose record and reversal are in the window is marked as
   * reversed.
   */
  private void checkReversals(
      WorkspaceRecount recount, List<HistoryRow> rows, List<Finding> found) {
    Set<String> reversed = new HashSet<>();
    for (SpecificRecord event : recount.accepted()) {
      if (event instanceof UsageReversed reversal) {
        reversed.add(reversal.getReversedEventId());
      }
    }
    Map<UsageRow, Long> expected =
        recount.accepted().stream()
            .filter(ReferenceValidation::isUsage)
            .filter(event -> !ReferenceValidation.occurredAt(event).isBefore(begin))
            .filter(event -> reversed.contains(ReferenceValidation.eventId(event)))
            .collect(groupingBy(UsageRow::of, counting()));
    Map<UsageRow, Long> actual =
        rows.stream()
            .filter(row -> isUsage(row) && row.reversed())
            .collect(groupingBy(UsageRow::of, counting()));
    reportMissing("reversed ", expected, actual, found);
  }

  /** Checks that each grant of the window is in the answer with its own amount and times. */
  private static void checkGrants(
      WorkspaceRecount recount, CreditsResponse credits, List<Finding> found) {
    Map<String, GrantItem> items =
        credits.grants().stream().collect(toMap(GrantItem::grantId, item -> item));
    for (SpecificRecord event : recount.accepted()) {
      if (event instanceof CreditGrant grant && ReferenceValidation.granted(grant)) {
        GrantItem item = items.get(grant.getGrantId());
        if (item == null) {
          found.add(new Finding(Kind.LOST, "credits lack the grant " + grant));
        } else if (item.amount() != grant.getAmount()
            || !item.effectiveAt().equals(grant.getEffectiveAt())
            || !Objects.equals(item.expiresAt(), grant.getExpiresAt())
            || item.priority() != grant.getPriority()) {
          found.add(Finding.differs("grant", grant, item));
        }
      }
    }
  }

  /**
   * Checks that balance minus overage after each row equals that of the next older row plus the
   * row's credits.
   *
   * @param rows newest first
   */
  private static void checkBalances(List<HistoryRow> rows, List<Finding> found) {
    for (int index = 0; index + 1 < rows.size(); index++) {
      HistoryRow row = rows.get(index);
      HistoryRow below = rows.get(index + 1);
      if (net(row) != net(below) + row.credits()) {
        found.add(Finding.differs("net of " + row, net(below) + row.credits(), net(row)));
      }
    }
  }

  /**
   * Checks that the trends of each hour that ended before the newest row equal the sum of its rows.
   * Skipped while the product answers in another time zone, during a recount of days.
   */
  private void checkHours(
      List<HistoryRow> rows, ZoneId zone, LocalDate first, LocalDate today, List<Finding> found) {
    List<ReferenceDays.Bucket> hours = ReferenceDays.hours(first, today, zone);
    Optional<TrendsResponse> trends =
        product
            .trends(
                workspaceId, "?from=%s&to=%s&granularity=hour&groupBy=none".formatted(first, today))
            .filter(answer -> answer.timeZone().equals(TimeZones.idOf(zone)));
    if (trends.isEmpty() || rows.isEmpty()) {
      return;
    }
    Map<ReferenceDays.Bucket, Long> sums = new HashMap<>();
    int hour = hours.size() - 1;
    for (HistoryRow row : rows) {
      while (hour > 0 && row.occurredAt().isBefore(hours.get(hour).start())) {
        hour--;
      }
      sums.merge(hours.get(hour), isUsage(row) ? -row.credits() : 0, Long::sum);
    }
    List<Point> points = trends.get().series().get(0).points();
    for (int index = 0; index < points.size(); index++) {
      long sum = sums.getOrDefault(hours.get(index), 0L);
      if (hours.get(index).end().isBefore(rows.get(0).occurredAt())
          && points.get(index).credits() != sum) {
        found.add(Finding.differs("trends at " + hours.get(index), sum, points.get(index)));
      }
    }
  }

  private static Map<UsageRow, Long> usage(
      WorkspaceRecount recount, Predicate<Instant> occurredAt) {
    return recount.accepted().stream()
        .filter(ReferenceValidation::isUsage)
        .filter(event -> occurredAt.test(ReferenceValidation.occurredAt(event)))
        .collect(groupingBy(UsageRow::of, counting()));
  }

  private static boolean isUsage(HistoryRow row) {
    return row.kind() == HistoryRow.Kind.LEAD_SOURCED
        || row.kind() == HistoryRow.Kind.PHONE_REVEALED;
  }

  private static long net(HistoryRow row) {
    return row.balanceAfter() - row.overageAfter();
  }
}
