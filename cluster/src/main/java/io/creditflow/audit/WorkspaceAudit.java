package io.creditflow.audit;

import static java.util.Comparator.comparing;

import io.creditflow.histories.ResponseNormalizer;
import io.creditflow.histories.SeededRandom;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignResponse;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.ReferenceDays;
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
 * The checks of one workspace. A check is passed once the API's response equals the reference
 * calculator's for the records that have arrived. Later records do not repeat a passed check.
 */
final class WorkspaceAudit implements CheckList {
  /** The number of days in one query for daily trends. */
  private static final int DAYS_PER_QUERY = 50;

  /** How many days ago the oldest daily trends are that are checked. */
  private static final int DAYS_CHECKED = 800;

  /** How many days ago the oldest hourly trends are that are checked. */
  private static final int HOURLY_DAYS_CHECKED = 48;

  /** The number of past instants whose balance is checked. */
  private static final int INSTANTS = 5;

  /** The maximum number of campaigns that are checked. */
  private static final int CAMPAIGNS = 10;

  private final String workspaceId;
  private final RemoteQueries product;
  private final SeededRandom random;

  /** The checks that have not passed; empty until the reference calculator knows the workspace. */
  private Optional<List<AuditCheck>> open = Optional.empty();

  /**
   * @param seed selects the instants, campaigns and hours to check
   */
  WorkspaceAudit(String workspaceId, RemoteQueries product, long seed) {
    this.workspaceId = workspaceId;
    this.product = product;
    random = new SeededRandom(seed);
  }

  @Override
  public List<Finding> differences(WorkspaceRecount recount, Instant now) {
    ReferenceQueries reference = recount.calculator().reference(now);
    Optional<WorkspaceItem> known = reference.workspace(workspaceId);
    if (known.isEmpty()) {
      return credits(reference);
    }
    if (open.isEmpty()) {
      open = Optional.of(checks(reference, TimeZones.inUse().of(known.get().timeZone()), now));
    }
    List<Finding> differences = new ArrayList<>();
    open.get()
        .removeIf(
            check -> {
              List<Finding> found = check.differences(reference);
              differences.addAll(found);
              return found.isEmpty();
            });
    return differences;
  }

  private List<AuditCheck> checks(ReferenceQueries reference, ZoneId zone, Instant now) {
    List<HistoryRow> rows = HistoryCheck.expected(reference, workspaceId);
    List<AuditCheck> checks = new ArrayList<>();
    checks.add(this::credits);
    checks.addAll(campaigns(reference));
    checks.addAll(days(rows, zone, now));
    checks.addAll(creditsInThePast(rows, now));
    checks.add(new HistoryCheck(workspaceId, product));
    return checks;
  }

  private List<Finding> credits(ReferenceQueries reference) {
    return same(
        "credits",
        reference.credits(workspaceId, null).map(ResponseNormalizer::of),
        product.credits(workspaceId, "").map(some -> ResponseNormalizer.of(some.answer())));
  }

  /**
   * Checks balances with {@code at=} at the times of history rows or one millisecond next to them.
   */
  private List<AuditCheck> creditsInThePast(List<HistoryRow> rows, Instant now) {
    List<Instant> instants =
        rows.stream().map(HistoryRow::occurredAt).filter(at -> at.isBefore(now)).toList();
    List<AuditCheck> checks = new ArrayList<>();
    for (int number = 0; number < INSTANTS && !instants.isEmpty(); number++) {
      Instant at = random.pick(instants).plusMillis(random.between(-1, 1));
      if (at.isBefore(now)) {
        checks.add(
            reference ->
                same(
                    "credits at " + at,
                    reference.credits(workspaceId, at).map(ResponseNormalizer::of),
                    product
                        .credits(workspaceId, "?at=" + at)
                        .map(some -> ResponseNormalizer.of(some.answer()))));
      }
    }
    return checks;
  }

  private List<AuditCheck> days(List<HistoryRow> rows, ZoneId zone, Instant now) {
    Set<LocalDate> days = new TreeSet<>();
    rows.forEach(row -> days.add(ReferenceDays.of(row.occurredAt(), zone)));
    LocalDate today = ReferenceDays.of(now, zone);
    LocalDate done = today.minusDays(DAYS_CHECKED);
    List<AuditCheck> checks = new ArrayList<>();
    for (LocalDate day : days) {
      if (day.isAfter(done)) {
        done = day.plusDays(DAYS_PER_QUERY - 1);
        for (Grouping by : Grouping.values()) {
          checks.add(trends(day, done, Granularity.DAY, by));
        }
      }
    }
    List<LocalDate> recent =
        days.stream()
            .filter(day -> day.isAfter(today.minusDays(HOURLY_DAYS_CHECKED)))
            .filter(day -> !day.isAfter(today))
            .filter(day -> hasWholeHours(day, zone))
            .toList();
    for (int number = 0; number < 2 && !recent.isEmpty(); number++) {
      LocalDate day = random.pick(recent);
      checks.add(trends(day, day, Granularity.HOUR, random.pick(List.of(Grouping.values()))));
    }
    return checks;
  }

  /**
   * False if an offset changes by a fraction of an hour: the contract then leaves open where hours
   * begin.
   */
  private static boolean hasWholeHours(LocalDate day, ZoneId zone) {
    Instant start = ReferenceDays.start(day, zone);
    Instant end = ReferenceDays.start(day.plusDays(1), zone);
    boolean full = start.getEpochSecond() % 3600 == 0 && end.getEpochSecond() % 3600 == 0;
    int offsets =
        start.atZone(zone).getOffset().getTotalSeconds()
            - end.atZone(zone).getOffset().getTotalSeconds();
    return offsets % 3600 == 0 && (full || offsets == 0);
  }

  private AuditCheck trends(LocalDate from, LocalDate to, Granularity granularity, Grouping by) {
    String query =
        "?from=%s&to=%s&granularity=%s&groupBy=%s"
            .formatted(
                from,
                to,
                granularity.name().toLowerCase(Locale.ROOT),
                by.name().toLowerCase(Locale.ROOT));
    return reference -> {
      Optional<TrendsResponse> actual = product.trends(workspaceId, query);
      Optional<TrendsResponse> expected =
          actual.flatMap(
              answer ->
                  reference.trends(
                      workspaceId,
                      new TrendsQuery(from, to, granularity, by),
                      answer.timeZone())); // the previous zone during a recount of days
      return same(
          "trends" + query,
          expected.map(ResponseNormalizer::of),
          actual.map(ResponseNormalizer::of));
    };
  }

  private List<AuditCheck> campaigns(ReferenceQueries present) {
    List<AuditCheck> checks = new ArrayList<>();
    checks.add(
        reference ->
            same(
                "campaigns", expectedCampaigns(reference), sorted(product.campaigns(workspaceId))));
    List<CampaignItem> all = expectedCampaigns(present);
    for (int number = 0; number < CAMPAIGNS && number < all.size(); number++) {
      String id = (all.size() <= CAMPAIGNS ? all.get(number) : random.pick(all)).campaignId();
      checks.add(
          reference ->
              same(
                  "campaign " + id,
                  reference.campaign(workspaceId, id).map(WorkspaceAudit::normalized),
                  product.campaign(workspaceId, id).map(WorkspaceAudit::normalized)));
    }
    return checks;
  }

  private List<CampaignItem> expectedCampaigns(ReferenceQueries reference) {
    CampaignsQuery all =
        new CampaignsQuery(
            Set.of(), "", null, CampaignsQuery.Sort.CREDITS_USED, true, Integer.MAX_VALUE, null);
    return sorted(reference.campaigns(workspaceId, all).orElseThrow().items());
  }

  private static List<CampaignItem> sorted(List<CampaignItem> items) {
    return items.stream()
        .map(ResponseNormalizer::of)
        .sorted(comparing(CampaignItem::campaignId))
        .toList();
  }

  private static CampaignResponse normalized(CampaignResponse answer) {
    return new CampaignResponse(ResponseNormalizer.of(answer.item()), answer.points());
  }

  private static List<Finding> same(String what, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? List.of()
        : List.of(Finding.differs(what, expected, actual));
  }
}
