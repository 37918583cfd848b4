package io.creditflow.reference;

import static java.util.Comparator.comparing;

import io.creditflow.answer.CreditsAnswer.Period;
import io.creditflow.answer.InvalidQueryException;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsAnswer.Point;
import io.creditflow.answer.TrendsAnswer.Series;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.events.CampaignChanged;
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
final class TrendsPage {
  private static final int SERIES_MAX = 20;

  private final Book book;
  private final Walk present;
  private final Instant now;
  private final ZoneId zone;

  TrendsPage(Book book, Walk present, Instant now, ZoneId zone) {
    this.book = book;
    this.present = present;
    this.now = now;
    this.zone = zone;
  }

  TrendsAnswer answer(TrendsQuery query) {
    LocalDate today = Days.of(now, zone);
    LocalDate to = query.to() == null ? today : query.to();
    LocalDate from = query.from() == null ? defaultFrom(to) : query.from();
    boolean hourly = query.granularity() == Granularity.HOUR;
    check(from, to, hourly, today);
    List<Days.Bucket> buckets = hourly ? Days.hours(from, to, zone) : Days.days(from, to, zone);
    List<Usage> usage = new ArrayList<>();
    for (Usage used : book.usage()) {
      boolean within = buckets.stream().anyMatch(bucket -> bucket.holds(used.occurredAt()));
      if (within && book.stands(used)) {
        usage.add(used);
      }
    }
    List<Series> series =
        query.groupBy() == Grouping.NONE
            ? List.of(series("all", "all", usage, buckets, present))
            : grouped(query, usage, buckets);
    return new TrendsAnswer(
        from,
        to,
        query.granularity().name().toLowerCase(Locale.ROOT),
        query.groupBy().name().toLowerCase(Locale.ROOT),
        TimeZones.idOf(zone),
        usage.stream().mapToLong(Usage::price).sum(),
        series);
  }

  /** A campaign's days; no balance in them. */
  List<Point> points(String campaignId, LocalDate from, LocalDate to) {
    List<Usage> usage =
        book.usage().stream()
            .filter(used -> used.campaignId().equals(campaignId))
            .filter(book::stands)
            .toList();
    return Days.days(from, to, zone).stream().map(day -> point(day, usage, null)).toList();
  }

  private LocalDate defaultFrom(LocalDate to) {
    List<GrantLife> live = book.lives().stream().filter(life -> life.liveAt(now)).toList();
    Period period = CreditsPage.period(live);
    return period == null ? to.minusDays(29) : Days.of(period.start(), zone);
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

  private List<Series> grouped(TrendsQuery query, List<Usage> usage, List<Days.Bucket> buckets) {
    Grouping grouping = query.groupBy();
    Map<String, List<Usage>> groups = new TreeMap<>(Utf8.ORDER);
    usage.forEach(
        used -> groups.computeIfAbsent(key(grouping, used), key -> new ArrayList<>()).add(used));
    List<Series> all = new ArrayList<>();
    groups.forEach(
        (key, group) -> all.add(series(key, label(grouping, key), group, buckets, null)));
    all.sort(comparing(Series::total).reversed().thenComparing(Series::key, Utf8.ORDER));
    if (query.isWhole() || all.size() <= SERIES_MAX) {
      return all;
    }
    List<Series> shown = new ArrayList<>(all.subList(0, SERIES_MAX));
    List<Usage> rest = new ArrayList<>();
    all.subList(SERIES_MAX, all.size()).forEach(series -> rest.addAll(groups.get(series.key())));
    Series other = series(null, "Other", rest, buckets, null);
    shown.add(new Series(null, "Other", true, other.total(), other.points()));
    return shown;
  }

  private String key(Grouping grouping, Usage used) {
    return switch (grouping) {
      case NONE -> "all";
      case CAMPAIGN -> used.campaignId();
      case KIND -> used.what().name();
      case SOURCE -> {
        if (used.source() != null) {
          yield used.source().name();
        }
        CampaignChanged picture = book.picture(used.campaignId());
        yield picture == null ? "UNKNOWN" : picture.getSource().name();
      }
    };
  }

  private String label(Grouping grouping, String key) {
    String name = grouping == Grouping.CAMPAIGN ? book.campaignName(key) : null;
    return name == null ? key : name;
  }

  private Series series(
      String key, String label, List<Usage> usage, List<Days.Bucket> buckets, Walk walk) {
    List<Point> points = buckets.stream().map(bucket -> point(bucket, usage, walk)).toList();
    return new Series(key, label, false, usage.stream().mapToLong(Usage::price).sum(), points);
  }

  private Point point(Days.Bucket bucket, List<Usage> usage, Walk walk) {
    long credits = 0;
    long leads = 0;
    long phones = 0;
    for (Usage used : usage) {
      if (bucket.holds(used.occurredAt())) {
        credits += used.price();
        leads += used.what() == Rules.Charged.LEAD_SOURCED ? 1 : 0;
        phones += used.what() == Rules.Charged.PHONE_REVEALED ? 1 : 0;
      }
    }
    Long remaining = walk == null ? null : remaining(bucket, walk);
    return new Point(bucket.label(), credits, leads, phones, remaining);
  }

  /** After all that belongs before the bucket's end; now, if now is in it; null if not begun. */
  private Long remaining(Days.Bucket bucket, Walk present) {
    if (bucket.start().isAfter(now)) {
      return null;
    }
    if (bucket.end().isAfter(now)) {
      return present.remaining();
    }
    long remaining = 0;
    for (Walk.Step step : present.steps()) {
      if (step.entry().at().isBefore(bucket.end())) {
        remaining = step.balanceAfter();
      }
    }
    return remaining;
  }
}
