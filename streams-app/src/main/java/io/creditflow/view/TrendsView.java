package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.event.Utf8Order;
import io.creditflow.events.LeadSource;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.query.TrendsResponse.Series;
import io.creditflow.state.RowStore;
import io.creditflow.usage.UsageCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds the series of a trend: the usage of each bucket, in one series per group. */
final class TrendsView {
  /** The maximum number of series. All further series are summed up in one more series. */
  static final int SERIES_MAX = 20;

  private static final LeadSource[] SOURCES = LeadSource.values();

  private final RowStore state;
  private final String workspaceId;
  private final TrendBuckets buckets;
  private final Map<String, Sums> series = new HashMap<>();
  private String lastKey;
  private Sums lastSums;
  private final Map<String, CampaignRow> campaigns;

  /** The sums of one series, by bucket. */
  private static final class Sums {
    private final long[] credits;
    private final long[] leads;
    private final long[] phones;

    Sums(int buckets) {
      credits = new long[buckets];
      leads = new long[buckets];
      phones = new long[buckets];
    }

    void add(int bucket, long moreCredits, long moreLeads, long morePhones) {
      credits[bucket] += moreCredits;
      leads[bucket] += moreLeads;
      phones[bucket] += morePhones;
    }
  }

  /**
   * @param campaigns all campaigns of the workspace
   */
  TrendsView(
      RowStore state,
      String workspaceId,
      Map<String, CampaignRow> campaigns,
      TrendBuckets buckets) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.campaigns = campaigns;
    this.buckets = buckets;
  }

  /**
   * Adds up the rows of all buckets.
   *
   * @param remaining computes the remaining credits at the end of each bucket; null to omit them
   */
  List<Series> read(TrendsQuery query, Remaining remaining) {
    Grouping grouping = query.groupBy();
    if (grouping == Grouping.NONE) {
      series.put("all", new Sums(buckets.count()));
    }
    buckets.forEach(
        state, workspaceId, campaigns, (bucket, id, count) -> group(grouping, bucket, id, count));
    List<Series> answer = new ArrayList<>();
    series.forEach((key, sums) -> answer.add(series(key, sums, remaining)));
    if (grouping != Grouping.NONE) {
      answer.removeIf(TrendsView::isEmpty);
    }
    answer.sort(
        Comparator.comparingLong(Series::total)
            .reversed()
            .thenComparing(Series::key, Utf8Order.INSTANCE));
    return query.isWhole() || answer.size() <= SERIES_MAX ? answer : withRest(answer);
  }

  /**
   * Computes the remaining credits at the end of a bucket from the usage in the range up to there.
   */
  interface Remaining {
    Long at(int bucket, long usedUpToItsEnd);
  }

  private static boolean isEmpty(Series series) {
    return series.points().stream()
        .allMatch(p -> p.credits() == 0 && p.leadsSourced() == 0 && p.phonesRevealed() == 0);
  }

  private void group(Grouping grouping, int bucket, String campaignId, UsageCount count) {
    switch (grouping) {
      case NONE -> add("all", bucket, count.credits(), count.leads(), count.phones());
      case CAMPAIGN -> add(campaignId, bucket, count.credits(), count.leads(), count.phones());
      case KIND -> {
        add("LEAD_SOURCED", bucket, count.leadCredits(), count.leads(), 0);
        add("PHONE_REVEALED", bucket, count.phoneCredits(), 0, count.phones());
      }
      case SOURCE -> {
        for (LeadSource source : SOURCES) {
          int i = source.ordinal();
          add(source.name(), bucket, count.leadCredits(i), count.leads(i), 0);
        }
        add(presentSource(campaignId), bucket, count.phoneCredits(), 0, count.phones());
      }
    }
  }

  /**
   * Adds usage to a series. Remembers the series, because consecutive calls often add to the same
   * one.
   */
  private void add(String key, int bucket, long credits, long leads, long phones) {
    if (credits == 0 && leads == 0 && phones == 0) {
      return;
    }
    if (!key.equals(lastKey)) {
      lastKey = key;
      lastSums = series.computeIfAbsent(key, newKey -> new Sums(buckets.count()));
    }
    lastSums.add(bucket, credits, leads, phones);
  }

  /** The points of one campaign. */
  List<Point> pointsOf(String campaignId) {
    series.put(campaignId, new Sums(buckets.count()));
    buckets.forEach(
        state,
        workspaceId,
        campaignId,
        campaigns.get(campaignId),
        (bucket, id, count) -> group(Grouping.CAMPAIGN, bucket, id, count));
    return series(campaignId, series.get(campaignId), null).points();
  }

  /** The campaign's current version; null if none has arrived. */
  private CampaignVersion version(String campaignId) {
    return campaigns.get(campaignId).version();
  }

  private String presentSource(String campaignId) {
    CampaignVersion version = version(campaignId);
    return version == null ? "UNKNOWN" : SOURCES[version.source()].name();
  }

  private Series series(String key, Sums sums, Remaining remaining) {
    List<Point> points = new ArrayList<>(buckets.count());
    long total = 0;
    for (int i = 0; i < buckets.count(); i++) {
      total += sums.credits[i];
      points.add(
          new Point(
              buckets.label(i),
              sums.credits[i],
              sums.leads[i],
              sums.phones[i],
              remaining == null ? null : remaining.at(i, total)));
    }
    return new Series(key, key, false, total, points);
  }

  private List<Series> withRest(List<Series> sorted) {
    Sums rest = new Sums(buckets.count());
    for (Series one : sorted.subList(SERIES_MAX, sorted.size())) {
      for (int i = 0; i < buckets.count(); i++) {
        Point point = one.points().get(i);
        rest.add(i, point.credits(), point.leadsSourced(), point.phonesRevealed());
      }
    }
    List<Series> answer = new ArrayList<>(sorted.subList(0, SERIES_MAX));
    Series summed = series(null, rest, null);
    answer.add(new Series(null, "Other", true, summed.total(), summed.points()));
    return answer;
  }

  /** The same series, each with a label for its key. */
  List<Series> labelled(Grouping grouping, List<Series> unlabelled) {
    return unlabelled.stream().map(s -> s.rest() ? s : labelled(grouping, s)).toList();
  }

  private Series labelled(Grouping grouping, Series s) {
    return new Series(s.key(), label(grouping, s.key()), false, s.total(), s.points());
  }

  private String label(Grouping grouping, String key) {
    return switch (grouping) {
      case NONE -> "All usage";
      case KIND -> key.equals("LEAD_SOURCED") ? "Leads sourced" : "Phones revealed";
      case SOURCE ->
          key.equals("CRM") || key.equals("CSV")
              ? key
              : key.charAt(0) + key.substring(1).toLowerCase(Locale.ROOT);
      case CAMPAIGN -> {
        CampaignVersion version = version(key);
        yield version == null ? key : version.name();
      }
    };
  }
}
