package io.creditflow.reference;

import static java.util.Comparator.comparing;

import io.creditflow.events.CampaignChanged;
import io.creditflow.query.CreditsResponse.Period;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.query.TrendsResponse.Series;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Usage over time, in the days or hours of a zone. */
final class ReferenceTrends {
  private static final int SERIES_MAX = 20;

  private final AcceptedEvents accepted;
  private final ReferenceBurnDown present;
  private final Instant now;
  private final ZoneId zone;

  ReferenceTrends(AcceptedEvents accepted, ReferenceBurnDown present, Instant now, ZoneId zone) {
    this.accepted = accepted;
    this.present = present;
    this.now = now;
    this.zone = zone;
  }

  TrendsResponse answer(TrendsQuery query) {
    LocalDate today = ReferenceDays.of(now, zone);
    LocalDate to = query.to() == null ? today : query.to();
    LocalDate from = query.from() == null ? defaultFrom(to) : query.from();
    boolean hourly = query.granularity() == Granularity.HOUR;
    check(from, to, hourly, today);
    List<ReferenceDays.Bucket> buckets =
        hourly ? ReferenceDays.hours(from, to, zone) : ReferenceDays.days(from, to, zone);
    List<ReferenceUsage> usage = new ArrayList<>();
    for (ReferenceUsage used : accepted.usage()) {
      boolean within = buckets.stream().anyMatch(bucket -> bucket.holds(used.occurredAt()));
      if (within && accepted.stands(used)) {
        usage.add(used);
      }
    }
    List<Series> series =
        query.groupBy() == Grouping.NONE
            ? List.of(series("all", "all", usage, buckets, present))
            : grouped(query, usage, buckets);
    return new TrendsResponse(
        from,
        to,
        query.granularity().name().toLowerCase(Locale.ROOT),
        query.groupBy().name().toLowerCase(Locale.ROOT),
        TimeZones.idOf(zone),
        usage.stream().mapToLong(ReferenceUsage::price).sum(),
        series);
  }

  /** A campaign's usage per day, without balances. */
  List<Point> points(String campaignId, LocalDate from, LocalDate to) {
    List<ReferenceUsage> usage =
        accepted.usage().stream()
            .filter(used -> used.campaignId().equals(campaignId))
            .filter(accepted::stands)
            .toList();
    return ReferenceDays.days(from, to, zone).stream().map(day -> point(day, usage, null)).toList();
  }

  private LocalDate defaultFrom(LocalDate to) {
    List<GrantLifetime> live = accepted.lives().stream().filter(life -> life.liveAt(now)).toList();
    Period period = ReferenceCredits.period(live);
    return period == null ? to.minusDays(29) : ReferenceDays.of(period.start(), zone);
  }

  private static void check(LocalDate from, LocalDate to, boolean hourly, LocalDate today) {
    if (from.isAfter(to)) {
      throw new InvalidQueryException("from", "is after to");
    }
    if (ChronoUnit.DAYS.between(from, to) + 1 > (hourly ? 14 : 400)) {
      throw new InvalidQueryException("to", "range too long");
    }
    if (hourly && from.isBefore(today.minusDays(50))) {
      throw new InvalidQueryException("from", "hours are kept 50 days");
    }
  }

  private List<Series> grouped(
      TrendsQuery query, List<ReferenceUsage> usage, List<ReferenceDays.Bucket> buckets) {
    Grouping grouping = query.groupBy();
    Map<String, List<ReferenceUsage>> groups = new TreeMap<>(Utf8Comparator.ORDER);
    usage.forEach(
        used -> groups.computeIfAbsent(key(grouping, used), key -> new ArrayList<>()).add(used));
    List<Series> all = new ArrayList<>();
    groups.forEach(
        (key, group) -> all.add(series(key, label(grouping, key), group, buckets, null)));
    all.sort(comparing(Series::total).reversed().thenComparing(Series::key, Utf8Comparator.ORDER));
    if (query.isWhole() || all.size() <= SERIES_MAX) {
      return all;
    }
    List<Series> shown = new ArrayList<>(all.subList(0, SERIES_MAX));
    List<ReferenceUsage> rest = new ArrayList<>();
    all.subList(SERIES_MAX, all.size()).forEach(series -> rest.addAll(groups.get(series.key())));
    Series other = series(null, "Other", rest, buckets, null);
    shown.add(new Series(null, "Other", true, other.total(), other.points()));
    return shown;
  }

  private String key(Grouping grouping, ReferenceUsage used) {
    return switch (grouping) {
      case NONE -> "all";
      case CAMPAIGN -> used.campaignId();
      case KIND -> used.what().name();
      case SOURCE -> {
        if (used.source() != null) {
          yield used.source().name();
        }
        CampaignChanged version = accepted.version(used.campaignId());
        yield version == null ? "UNKNOWN" : version.getSource().name();
      }
    };
  }

  private String label(Grouping grouping, String key) {
    String name = grouping == Grouping.CAMPAIGN ? accepted.campaignName(key) : null;
    return name == null ? key : name;
  }

  private Series series(
      String key,
      String label,
      List<ReferenceUsage> usage,
      List<ReferenceDays.Bucket> buckets,
      ReferenceBurnDown burnDown) {
    List<Point> points = buckets.stream().map(bucket -> point(bucket, usage, burnDown)).toList();
    return new Series(
        key, label, false, usage.stream().mapToLong(ReferenceUsage::price).sum(), points);
  }

  private Point point(
      ReferenceDays.Bucket bucket, List<ReferenceUsage> usage, ReferenceBurnDown burnDown) {
    long credits = 0;
    long leads = 0;
    long phones = 0;
    for (ReferenceUsage used : usage) {
      if (bucket.holds(used.occurredAt())) {
        credits += used.price();
        leads += used.what() == ReferenceRules.Charged.LEAD_SOURCED ? 1 : 0;
        phones += used.what() == ReferenceRules.Charged.PHONE_REVEALED ? 1 : 0;
      }
    }
    Long remaining = burnDown == null ? null : remaining(bucket, burnDown);
    return new Point(bucket.label(), credits, leads, phones, remaining);
  }

  /** The balance at the bucket's end, or now for the current bucket; null if it has not begun. */
  private Long remaining(ReferenceDays.Bucket bucket, ReferenceBurnDown present) {
    if (bucket.start().isAfter(now)) {
      return null;
    }
    if (bucket.end().isAfter(now)) {
      return present.remaining();
    }
    long remaining = 0;
    for (ReferenceBurnDown.Step step : present.steps()) {
      if (step.entry().at().isBefore(bucket.end())) {
        remaining = step.balanceAfter();
      }
    }
    return remaining;
  }
}
