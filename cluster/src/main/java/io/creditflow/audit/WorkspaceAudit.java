package io.creditflow.audit;

import static java.util.Comparator.comparing;

import io.creditflow.answer.CampaignAnswer;
import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.histories.Dice;
import io.creditflow.histories.Plain;
import io.creditflow.reference.Days;
import io.creditflow.reference.ReferenceQueries;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The questions about one workspace. A question is done when the API has answered it once as the
 * referee does, who knew then what had arrived; what arrives later does not open it again.
 */
final class WorkspaceAudit implements Examination {
  private static final int DAYS_MAX = 50;
  private static final int DAYS_KEPT = 800;
  private static final int HOUR_DAYS_KEPT = 48;
  private static final int INSTANTS = 5;
  private static final int CAMPAIGNS = 10;

  private final String workspaceId;
  private final RemoteAnswers product;
  private final Dice dice;

  /** Those that are not done; empty until the referee knows the workspace. */
  private Optional<List<Question>> open = Optional.empty();

  /**
   * @param seed picks the instants, campaigns and hours that are looked at out of many
   */
  WorkspaceAudit(String workspaceId, RemoteAnswers product, long seed) {
    this.workspaceId = workspaceId;
    this.product = product;
    this.dice = new Dice(seed);
  }

  @Override
  public List<Finding> differences(Recount recount, Instant now) {
    ReferenceQueries referee = recount.books().referee(now);
    Optional<WorkspaceItem> known = referee.workspace(workspaceId);
    if (known.isEmpty()) {
      return credits(referee);
    }
    if (open.isEmpty()) {
      open = Optional.of(questions(referee, TimeZones.inUse().of(known.get().timeZone()), now));
    }
    List<Finding> differences = new ArrayList<>();
    open.get()
        .removeIf(
            question -> {
              List<Finding> found = question.ask(referee);
              differences.addAll(found);
              return found.isEmpty();
            });
    return differences;
  }

  private List<Question> questions(ReferenceQueries referee, ZoneId zone, Instant now) {
    List<HistoryRow> rows = HistoryQuestion.expected(referee, workspaceId);
    List<Question> questions = new ArrayList<>();
    questions.add(this::credits);
    questions.addAll(campaigns(referee));
    questions.addAll(days(rows, zone, now));
    questions.addAll(creditsThen(rows, now));
    questions.add(new HistoryQuestion(workspaceId, product));
    return questions;
  }

  private List<Finding> credits(ReferenceQueries referee) {
    return same(
        "credits",
        referee.credits(workspaceId, null).map(Plain::of),
        product.credits(workspaceId, "").map(some -> Plain.of(some.answer())));
  }

  /** {@code at=} for instants at which something happened, and beside them. */
  private List<Question> creditsThen(List<HistoryRow> rows, Instant now) {
    List<Instant> instants =
        rows.stream().map(HistoryRow::occurredAt).filter(at -> at.isBefore(now)).toList();
    List<Question> questions = new ArrayList<>();
    for (int number = 0; number < INSTANTS && !instants.isEmpty(); number++) {
      Instant at = dice.pick(instants).plusMillis(dice.between(-1, 1));
      if (at.isBefore(now)) {
        questions.add(
            referee ->
                same(
                    "credits at " + at,
                    referee.credits(workspaceId, at).map(Plain::of),
                    product
                        .credits(workspaceId, "?at=" + at)
                        .map(some -> Plain.of(some.answer()))));
      }
    }
    return questions;
  }

  private List<Question> days(List<HistoryRow> rows, ZoneId zone, Instant now) {
    Set<LocalDate> days = new TreeSet<>();
    rows.forEach(row -> days.add(Days.of(row.occurredAt(), zone)));
    LocalDate today = Days.of(now, zone);
    LocalDate done = today.minusDays(DAYS_KEPT);
    List<Question> questions = new ArrayList<>();
    for (LocalDate day : days) {
      if (day.isAfter(done)) {
        done = day.plusDays(DAYS_MAX - 1);
        for (Grouping by : Grouping.values()) {
          questions.add(trends(day, done, Granularity.DAY, by));
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
      questions.add(trends(day, day, Granularity.HOUR, dice.pick(List.of(Grouping.values()))));
    }
    return questions;
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

  private Question trends(LocalDate from, LocalDate to, Granularity granularity, Grouping by) {
    String query =
        "?from=%s&to=%s&granularity=%s&groupBy=%s"
            .formatted(
                from,
                to,
                granularity.name().toLowerCase(Locale.ROOT),
                by.name().toLowerCase(Locale.ROOT));
    return referee -> {
      Optional<TrendsAnswer> actual = product.trends(workspaceId, query);
      Optional<TrendsAnswer> expected =
          actual.flatMap(
              answer ->
                  referee.trends(
                      workspaceId,
                      new TrendsQuery(from, to, granularity, by),
                      answer.timeZone())); // while days are being recounted the old one
      return same("trends" + query, expected.map(Plain::of), actual.map(Plain::of));
    };
  }

  private List<Question> campaigns(ReferenceQueries present) {
    List<Question> questions = new ArrayList<>();
    questions.add(
        referee ->
            same("campaigns", expectedCampaigns(referee), sorted(product.campaigns(workspaceId))));
    List<CampaignItem> all = expectedCampaigns(present);
    for (int number = 0; number < CAMPAIGNS && number < all.size(); number++) {
      String id = (all.size() <= CAMPAIGNS ? all.get(number) : dice.pick(all)).campaignId();
      questions.add(
          referee ->
              same(
                  "campaign " + id,
                  referee.campaign(workspaceId, id).map(WorkspaceAudit::plain),
                  product.campaign(workspaceId, id).map(WorkspaceAudit::plain)));
    }
    return questions;
  }

  private List<CampaignItem> expectedCampaigns(ReferenceQueries referee) {
    CampaignsQuery all =
        new CampaignsQuery(
            Set.of(), "", null, CampaignsQuery.Sort.CREDITS_USED, true, Integer.MAX_VALUE, null);
    return sorted(referee.campaigns(workspaceId, all).orElseThrow().items());
  }

  private static List<CampaignItem> sorted(List<CampaignItem> items) {
    return items.stream().map(Plain::of).sorted(comparing(CampaignItem::campaignId)).toList();
  }

  private static CampaignAnswer plain(CampaignAnswer answer) {
    return new CampaignAnswer(Plain.of(answer.item()), answer.points());
  }

  private static List<Finding> same(String what, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? List.of()
        : List.of(Finding.differs(what, expected, actual));
  }
}
