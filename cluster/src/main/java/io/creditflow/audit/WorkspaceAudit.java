package io.creditflow.audit;

import static java.util.Comparator.comparing;

import io.creditflow.answer.CampaignAnswer;
import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.audit.Finding.Kind;
import io.creditflow.histories.Dice;
import io.creditflow.histories.Plain;
import io.creditflow.reference.Days;
import io.creditflow.reference.ReferenceQueries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks the API and the referee the same questions about one workspace. */
final class WorkspaceAudit {
  private static final int DAYS_MAX = 50;
  private static final int DAYS_KEPT = 800;
  private static final int HOUR_DAYS_KEPT = 48;
  private static final int INSTANTS = 5;
  private static final int CAMPAIGNS = 10;
  private static final HistoryQuery EVERYTHING =
      new HistoryQuery(null, null, null, Set.of(), 500, null);

  private final String workspaceId;
  private final RemoteAnswers product;
  private final ReferenceQueries referee;
  private final Instant now;
  private final Dice dice;
  private final List<Finding> differences = new ArrayList<>();

  /**
   * @param seed picks the instants, campaigns and hours that are looked at out of many
   */
  WorkspaceAudit(
      String workspaceId, RemoteAnswers product, ReferenceQueries referee, Instant now, long seed) {
    this.workspaceId = workspaceId;
    this.product = product;
    this.referee = referee;
    this.now = now;
    this.dice = new Dice(seed);
  }

  /** What differs, in words; empty if nothing does. */
  List<Finding> differences() {
    Optional<WorkspaceItem> known = referee.workspace(workspaceId);
    if (known.isEmpty()) {
      product.credits(workspaceId, "").ifPresent(some -> differ("credits", "none", some.answer()));
      return differences;
    }
    Optional<RemoteAnswers.Credits> credits = product.credits(workspaceId, "");
    if (credits.isEmpty()) {
      differ("credits", "some", "404");
      return differences;
    }
    same(
        "credits",
        Plain.of(referee.credits(workspaceId, null).orElseThrow()),
        Plain.of(credits.get().answer()));
    List<HistoryRow> rows = history();
    creditsThen(rows);
    days(rows, ZoneId.of(known.get().timeZone()));
    campaigns();
    return differences;
  }

  private List<HistoryRow> history() {
    List<HistoryRow> expected = Plain.rows(referee.rows(workspaceId, EVERYTHING));
    List<HistoryRow> actual = Plain.rows(product.history(workspaceId));
    if (!expected.equals(actual)) {
      Map<Object, Integer> missing = new LinkedHashMap<>();
      expected.forEach(row -> missing.merge(facts(row), 1, Integer::sum));
      actual.forEach(row -> missing.merge(facts(row), -1, Integer::sum));
      missing.forEach(
          (row, count) -> {
            if (count != 0) {
              Kind kind = count > 0 ? Kind.LOST : Kind.DOUBLE;
              String what = count > 0 ? "history lacks " : "history has too much ";
              differences.add(new Finding(kind, what + Math.abs(count) + " x " + row));
            }
          });
      int place = 0;
      while (place < Math.min(expected.size(), actual.size())
          && expected.get(place).equals(actual.get(place))) {
        place++;
      }
      differ(
          "history row " + place + " of " + expected.size(),
          place < expected.size() ? expected.get(place) : "none",
          place < actual.size() ? actual.get(place) : "none");
    }
    return expected;
  }

  /** What a row says of itself, without what others do to it. */
  private static Object facts(HistoryRow row) {
    return Arrays.asList(
        row.kind(),
        row.occurredAt(),
        row.campaignId(),
        row.leadId(),
        row.grantId(),
        row.reversed(),
        row.reversedEventId());
  }

  /** {@code at=} for instants at which something happened, and beside them. */
  private void creditsThen(List<HistoryRow> rows) {
    List<Instant> instants =
        rows.stream().map(HistoryRow::occurredAt).filter(at -> at.isBefore(now)).toList();
    for (int number = 0; number < INSTANTS && !instants.isEmpty(); number++) {
      Instant at = dice.pick(instants).plusMillis(dice.between(-1, 1));
      if (at.isBefore(now)) {
        same(
            "credits at " + at,
            referee.credits(workspaceId, at).map(Plain::of),
            product.credits(workspaceId, "?at=" + at).map(some -> Plain.of(some.answer())));
      }
    }
  }

  private void days(List<HistoryRow> rows, ZoneId zone) {
    Set<LocalDate> days = new TreeSet<>();
    rows.forEach(row -> days.add(Days.of(row.occurredAt(), zone)));
    LocalDate today = Days.of(now, zone);
    LocalDate done = today.minusDays(DAYS_KEPT);
    for (LocalDate day : days) {
      if (day.isAfter(done)) {
        done = day.plusDays(DAYS_MAX - 1);
        trends(day, done, Granularity.DAY, Grouping.NONE);
        for (Grouping by : List.of(Grouping.CAMPAIGN, Grouping.KIND, Grouping.SOURCE)) {
          trends(day, done, Granularity.DAY, by);
        }
      }
    }
    List<LocalDate> recent =
        days.stream()
            .filter(day -> day.isAfter(today.minusDays(HOUR_DAYS_KEPT)))
            .filter(day -> !day.isAfter(today))
            .filter(day -> hasWholeHours(day, zone))
            .toList();
    for (int number = 0; number < 2 && !recent.isEmpty(); number++) {
      LocalDate day = dice.pick(recent);
      trends(day, day, Granularity.HOUR, dice.pick(List.of(Grouping.values())));
    }
  }

  /** Where clocks change by less than an hour, it is open where an hour begins. */
  private static boolean hasWholeHours(LocalDate day, ZoneId zone) {
    Instant start = Days.start(day, zone);
    Instant end = Days.start(day.plusDays(1), zone);
    boolean full = start.getEpochSecond() % 3600 == 0 && end.getEpochSecond() % 3600 == 0;
    int offsets =
        start.atZone(zone).getOffset().getTotalSeconds()
            - end.atZone(zone).getOffset().getTotalSeconds();
    return offsets % 3600 == 0 && (full || offsets == 0);
  }

  private void trends(LocalDate from, LocalDate to, Granularity granularity, Grouping by) {
    String query =
        "?from=%s&to=%s&granularity=%s&groupBy=%s"
            .formatted(
                from,
                to,
                granularity.name().toLowerCase(Locale.ROOT),
                by.name().toLowerCase(Locale.ROOT));
    Optional<TrendsAnswer> actual = product.trends(workspaceId, query);
    Optional<TrendsAnswer> expected =
        actual.flatMap(
            answer ->
                referee.trends(
                    workspaceId,
                    new TrendsQuery(from, to, granularity, by),
                    answer.timeZone())); // while days are being recounted the old one
    same("trends" + query, expected.map(Plain::of), actual.map(Plain::of));
  }

  private void campaigns() {
    CampaignsQuery all =
        new CampaignsQuery(
            Set.of(), "", CampaignsQuery.Sort.CREDITS_USED, true, Integer.MAX_VALUE, null);
    List<CampaignItem> expected = sorted(referee.campaigns(workspaceId, all).orElseThrow().items());
    same("campaigns", expected, sorted(product.campaigns(workspaceId)));
    for (int number = 0; number < CAMPAIGNS && number < expected.size(); number++) {
      String id =
          expected.size() <= CAMPAIGNS
              ? expected.get(number).campaignId()
              : dice.pick(expected).campaignId();
      same(
          "campaign " + id,
          referee.campaign(workspaceId, id).map(WorkspaceAudit::plain),
          product.campaign(workspaceId, id).map(WorkspaceAudit::plain));
    }
  }

  private static List<CampaignItem> sorted(List<CampaignItem> items) {
    return items.stream().map(Plain::of).sorted(comparing(CampaignItem::campaignId)).toList();
  }

  private static CampaignAnswer plain(CampaignAnswer answer) {
    return new CampaignAnswer(Plain.of(answer.item()), answer.points());
  }

  private void same(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      differ(what, expected, actual);
    }
  }

  private void differ(String what, Object expected, Object actual) {
    differences.add(
        new Finding(
            Kind.WRONG, what + "\n    recounted " + expected + "\n    answered  " + actual));
  }
}
