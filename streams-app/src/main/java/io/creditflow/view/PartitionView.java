package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.campaign.Campaigns;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.projection.CampaignProjection;
import io.creditflow.query.AlertItem;
import io.creditflow.query.AlertsQuery;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignResponse;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.EventResponse;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.Page;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Series;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import io.creditflow.usage.PriceList;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceDays;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answers to every question, read from one consistent view of a partition at one instant. */
public final class PartitionView implements CreditQueries {
  static final int DAYS_MAX = 400;
  static final int HOURLY_DAYS_MAX = 14;
  static final int HOURLY_DAYS_BACK_MAX = 50;
  static final int DEFAULT_DAYS = 30;
  private static final long MINUTE_MILLIS = 60_000;

  private static final LeadSource[] SOURCES = LeadSource.values();
  private static final CampaignStatus[] STATUSES = CampaignStatus.values();

  private final RowStore state;
  private final PriceList prices;
  private final PostingSearch postings;
  private final long now;

  /**
   * Reads at an instant.
   *
   * @param prices that usage is counted by
   * @param postings finds events by their ids
   * @param now milliseconds since 1970
   */
  public PartitionView(RowStore state, PriceList prices, PostingSearch postings, long now) {
    this.state = state;
    this.prices = prices;
    this.postings = postings;
    this.now = now;
  }

  private Optional<WorkspaceRow> row(String workspaceId) {
    return Optional.ofNullable(state.get(WorkspaceRow.key(workspaceId).bytes()))
        .map(WorkspaceRow::decode);
  }

  @Override
  public Optional<CreditsResponse> credits(String workspaceId, Instant at) {
    if (at != null && at.toEpochMilli() > now) {
      throw new InvalidQueryException("at", "is after now; ask about the past or leave it out");
    }
    return row(workspaceId).map(row -> credits(workspaceId, row, at));
  }

  private CreditsResponse credits(String workspaceId, WorkspaceRow row, Instant at) {
    Balance balance = new Balance(state, workspaceId);
    long instant = at == null ? now : at.toEpochMilli();
    BurnDown walk = at == null ? balance.present(now) : balance.past(instant);
    CreditsResponse.Runway runway =
        at == null
            ? new ForecastView(state, workspaceId, row, now).runway(walk, balance.grants())
            : null;
    return CreditsView.answer(workspaceId, row, balance.grants(), walk, instant, runway);
  }

  @Override
  public Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query) {
    return row(workspaceId).map(row -> trends(workspaceId, row, query));
  }

  private TrendsResponse trends(String workspaceId, WorkspaceRow row, TrendsQuery query) {
    WorkspaceDays days = new WorkspaceDays(row.servedZone());
    Balance balance = new Balance(state, workspaceId);
    LocalDate today = days.of(now);
    LocalDate to = query.to() == null ? today : query.to();
    LocalDate from = query.from() == null ? defaultFrom(balance, days, query, to) : query.from();
    checkRange(from, to, query.granularity(), today);
    TrendBuckets buckets =
        query.granularity() == Granularity.DAY
            ? TrendBuckets.days(from, to, days, row.dayGeneration())
            : TrendBuckets.hours(from, to, days);
    TrendsView view =
        new TrendsView(state, workspaceId, new Campaigns(state, workspaceId).all(), buckets);
    List<Series> series =
        view.read(
            query,
            query.groupBy() == Grouping.NONE ? remaining(workspaceId, balance, buckets) : null);
    return new TrendsResponse(
        from,
        to,
        query.granularity().name().toLowerCase(Locale.ROOT),
        query.groupBy().name().toLowerCase(Locale.ROOT),
        row.servedZoneId(),
        series.stream().mapToLong(Series::total).sum(),
        view.labelled(query.groupBy(), series));
  }

  private LocalDate defaultFrom(
      Balance balance, WorkspaceDays days, TrendsQuery query, LocalDate to) {
    int longest = query.granularity() == Granularity.DAY ? DAYS_MAX : HOURLY_DAYS_MAX;
    LocalDate earliest = to.minusDays(longest - 1L);
    LocalDate from =
        CreditsView.period(balance.present(now))
            .map(period -> days.of(period.start().toEpochMilli()))
            .filter(start -> !start.isAfter(to))
            .orElse(to.minusDays(DEFAULT_DAYS - 1L));
    return from.isBefore(earliest) ? earliest : from;
  }

  private static void checkRange(
      LocalDate from, LocalDate to, Granularity granularity, LocalDate today) {
    long length = to.toEpochDay() - from.toEpochDay() + 1;
    if (length < 1) {
      throw new InvalidQueryException("from", "must not be after to");
    }
    if (granularity == Granularity.DAY && length > DAYS_MAX) {
      throw new InvalidQueryException("from", "must be at most 400 days before to");
    }
    if (granularity == Granularity.HOUR && length > HOURLY_DAYS_MAX) {
      throw new InvalidQueryException("from", "must be at most 14 days before to, by the hour");
    }
    if (granularity == Granularity.HOUR && from.isBefore(today.minusDays(HOURLY_DAYS_BACK_MAX))) {
      throw new InvalidQueryException("from", "hours are kept for 50 days; ask by the day");
    }
  }

  private TrendsView.Remaining remaining(
      String workspaceId, Balance balance, TrendBuckets buckets) {
    long usedBefore =
        new WorkspaceQuarterHours(state, workspaceId)
            .between(0, WorkspaceQuarterHours.quarter(buckets.start(0)));
    Balance.Replay replay = balance.replay();
    return (bucket, used) -> {
      if (buckets.start(bucket) > now) {
        return null;
      }
      return buckets.end(bucket) > now
          ? (Long) balance.present(now).remaining()
          : (Long) replay.remainingBefore(buckets.end(bucket), usedBefore + used);
    };
  }

  @Override
  public Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query) {
    if (query.campaignId() != null) {
      List<CampaignItem> one =
          campaign(workspaceId, query.campaignId()).map(CampaignResponse::item).stream().toList();
      return row(workspaceId).map(row -> new CampaignsView(query).page(one));
    }
    return row(workspaceId)
        .map(
            row -> {
              Map<String, CampaignRow> campaigns = new Campaigns(state, workspaceId).all();
              ForecastView forecast = new ForecastView(state, workspaceId, row, now);
              forecast.readCampaigns(campaigns);
              Instant periodEnd = periodEnd(workspaceId);
              List<CampaignItem> all = new ArrayList<>();
              campaigns.forEach(
                  (id, known) -> all.add(item(id, known, forecast.project(id, known, periodEnd))));
              return new CampaignsView(query).page(all);
            });
  }

  private Instant periodEnd(String workspaceId) {
    return CreditsView.period(new Balance(state, workspaceId).present(now))
        .map(CreditsResponse.Period::end)
        .orElse(null);
  }

  private static CampaignItem item(
      String campaignId, CampaignRow row, CampaignProjection projection) {
    CampaignVersion version = row.version();
    return new CampaignItem(
        campaignId,
        version == null ? null : version.name(),
        version == null ? null : SOURCES[version.source()].name(),
        version == null
            ? CampaignItem.Status.UNKNOWN
            : CampaignItem.Status.valueOf(STATUSES[version.status()].name()),
        row.total().credits(),
        row.total().leads(),
        row.total().phones(),
        version == null ? null : version.quota(),
        projection.usage(),
        projection.low(),
        projection.high(),
        projection.reason(),
        projection.quotaReachedAt(),
        version == null ? null : instant(version.startsAt()),
        version == null ? null : instant(version.endsAt()),
        row.lastActivityAt() == 0 ? null : Instant.ofEpochMilli(row.lastActivityAt()));
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public Optional<CampaignResponse> campaign(String workspaceId, String campaignId) {
    CampaignRow known = new Campaigns(state, workspaceId).find(campaignId);
    if (known == null) {
      return Optional.empty();
    }
    return row(workspaceId)
        .map(
            row -> {
              WorkspaceDays days = new WorkspaceDays(row.servedZone());
              LocalDate today = days.of(now);
              TrendBuckets buckets =
                  TrendBuckets.days(
                      today.minusDays(DEFAULT_DAYS - 1L), today, days, row.dayGeneration());
              ForecastView forecast = new ForecastView(state, workspaceId, row, now);
              forecast.readCampaign(campaignId, known);
              return new CampaignResponse(
                  item(
                      campaignId,
                      known,
                      forecast.project(campaignId, known, periodEnd(workspaceId))),
                  new TrendsView(state, workspaceId, Map.of(campaignId, known), buckets)
                      .pointsOf(campaignId));
            });
  }

  @Override
  public Optional<HistoryResponse> history(String workspaceId, HistoryQuery query) {
    return row(workspaceId)
        .map(
            row ->
                new HistoryView(
                        state,
                        workspaceId,
                        query,
                        new Balance(state, workspaceId).present(now).boundaries())
                    .page(new WorkspaceDays(row.zone())));
  }

  @Override
  public Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query) {
    return row(workspaceId).map(row -> new AlertsView(state, workspaceId, now).page(query));
  }

  @Override
  public Optional<EventResponse> event(String workspaceId, String eventId) {
    return new EventView(state, workspaceId, eventId, now).answer(postings);
  }

  @Override
  public Optional<PreviewResponse> preview(String workspaceId, PreviewQuery query) {
    return row(workspaceId).map(row -> PreviewView.answer(state, workspaceId, query, prices, now));
  }

  @Override
  public Page<WorkspaceItem> workspaces(String after, int limit) {
    byte[] table = RowKey.of(Table.WORKSPACE).bytes();
    byte[] from = after == null ? table : RowKey.after(RowKey.of(Table.WORKSPACE, after).bytes());
    List<WorkspaceItem> items = new ArrayList<>();
    try (RowStore.RowIterator rows = state.ascend(from, RowKey.after(table))) {
      while (rows.hasNext() && items.size() < limit) {
        RowStore.Row row = rows.next();
        items.add(item(RowKey.parts(row.key()).text(), WorkspaceRow.decode(row.value())));
      }
      return new Page<>(items, rows.hasNext() ? items.get(items.size() - 1).workspaceId() : null);
    }
  }

  @Override
  public Optional<WorkspaceItem> workspace(String workspaceId) {
    return row(workspaceId).map(row -> item(workspaceId, row));
  }

  private static WorkspaceItem item(String workspaceId, WorkspaceRow row) {
    return new WorkspaceItem(workspaceId, row.name(), row.timeZone());
  }

  @Override
  public long version(String workspaceId) {
    return WorkspaceUsage.version(state, workspaceId);
  }

  @Override
  public Instant validUntil(String workspaceId) {
    return Instant.ofEpochMilli(
        Math.min(
            Math.min(lastFullMinute(now) + MINUTE_MILLIS, prices.nextChange(now)),
            new Balance(state, workspaceId).nextBoundary(now)));
  }

  static long lastFullMinute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }
}
