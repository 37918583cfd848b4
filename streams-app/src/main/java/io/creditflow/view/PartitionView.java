package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.grant.Balance;
import io.creditflow.ledger.PostingSearch;
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
import io.creditflow.workspace.WorkspaceDays;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Answers every query from one consistent view of a partition at one instant. */
public final class PartitionView implements CreditQueries {
  static final int DAYS_MAX = 400;
  static final int HOURLY_DAYS_MAX = 14;
  static final int HOURLY_DAYS_BACK_MAX = 50;
  static final int DEFAULT_DAYS = 30;
  private static final long MINUTE_MILLIS = 60_000;

  private final RowStore state;
  private final PriceList prices;
  private final PostingSearch postings;
  private final long now;
  private WorkspaceSnapshot snapshot;

  /**
   * Creates a view at an instant.
   *
   * @param prices the prices of usage
   * @param postings finds events by their ids
   * @param now milliseconds since 1970
   */
  public PartitionView(RowStore state, PriceList prices, PostingSearch postings, long now) {
    this.state = state;
    this.prices = prices;
    this.postings = postings;
    this.now = now;
  }

  /** The snapshot of a workspace, even of an unknown one. The last snapshot is cached. */
  private WorkspaceSnapshot snapshot(String workspaceId) {
    if (snapshot == null || !snapshot.id().equals(workspaceId)) {
      snapshot = new WorkspaceSnapshot(state, workspaceId, now);
    }
    return snapshot;
  }

  private Optional<WorkspaceSnapshot> known(String workspaceId) {
    return Optional.of(snapshot(workspaceId)).filter(workspace -> workspace.version() >= 0);
  }

  @Override
  public Optional<CreditsResponse> credits(String workspaceId, Instant at) {
    if (at != null && at.toEpochMilli() > now) {
      throw new InvalidQueryException("at", "is after now; ask about the past or leave it out");
    }
    return known(workspaceId)
        .map(
            workspace ->
                at == null
                    ? CreditsView.answer(
                        workspace, workspace.present(), now, new ForecastView(workspace).runway())
                    : CreditsView.answer(
                        workspace,
                        workspace.balance().past(at.toEpochMilli()),
                        at.toEpochMilli(),
                        null));
  }

  @Override
  public Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query) {
    return known(workspaceId).map(workspace -> trends(workspace, query));
  }

  private TrendsResponse trends(WorkspaceSnapshot workspace, TrendsQuery query) {
    WorkspaceRow row = workspace.row();
    WorkspaceDays days = new WorkspaceDays(row.servedZone());
    LocalDate today = days.of(now);
    LocalDate to = query.to() == null ? today : query.to();
    LocalDate from = query.from() == null ? defaultFrom(workspace, days, query, to) : query.from();
    checkRange(from, to, query.granularity(), today);
    TrendBuckets buckets =
        query.granularity() == Granularity.DAY
            ? TrendBuckets.days(from, to, days, row.dayGeneration())
            : TrendBuckets.hours(from, to, days);
    TrendsView view = new TrendsView(state, workspace.id(), workspace.campaigns().all(), buckets);
    List<Series> series =
        view.read(query, query.groupBy() == Grouping.NONE ? remaining(workspace, buckets) : null);
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
      WorkspaceSnapshot workspace, WorkspaceDays days, TrendsQuery query, LocalDate to) {
    int daysMax = query.granularity() == Granularity.DAY ? DAYS_MAX : HOURLY_DAYS_MAX;
    LocalDate earliest = to.minusDays(daysMax - 1L);
    LocalDate from =
        CreditsView.period(workspace.present())
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

  private TrendsView.Remaining remaining(WorkspaceSnapshot workspace, TrendBuckets buckets) {
    long usedBefore =
        workspace.quarterHours().between(0, WorkspaceQuarterHours.quarter(buckets.start(0)));
    Balance.Replay replay = workspace.balance().replay();
    return (bucket, used) -> {
      if (buckets.start(bucket) > now) {
        return null;
      }
      return buckets.end(bucket) > now
          ? (Long) workspace.present().remaining()
          : (Long) replay.remainingBefore(buckets.end(bucket), usedBefore + used);
    };
  }

  @Override
  public Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query) {
    return known(workspaceId).map(workspace -> new CampaignsView(workspace, query).page());
  }

  @Override
  public Optional<CampaignResponse> campaign(String workspaceId, String campaignId) {
    return known(workspaceId)
        .flatMap(
            workspace ->
                Optional.ofNullable(workspace.campaigns().find(campaignId))
                    .map(row -> campaign(workspace, campaignId, row)));
  }

  private CampaignResponse campaign(
      WorkspaceSnapshot workspace, String campaignId, CampaignRow row) {
    WorkspaceDays days = new WorkspaceDays(workspace.row().servedZone());
    LocalDate today = days.of(now);
    TrendBuckets buckets =
        TrendBuckets.days(
            today.minusDays(DEFAULT_DAYS - 1L), today, days, workspace.row().dayGeneration());
    return new CampaignResponse(
        CampaignsView.item(campaignId, row, new ForecastView(workspace).project(campaignId, row)),
        new TrendsView(state, workspace.id(), Map.of(campaignId, row), buckets)
            .pointsOf(campaignId));
  }

  @Override
  public Optional<HistoryResponse> history(String workspaceId, HistoryQuery query) {
    return known(workspaceId).map(workspace -> new HistoryView(workspace, query).page());
  }

  @Override
  public Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query) {
    return known(workspaceId).map(workspace -> new AlertsView(workspace).page(query));
  }

  @Override
  public Optional<EventResponse> event(String workspaceId, String eventId) {
    return new EventView(snapshot(workspaceId), eventId).answer(postings);
  }

  @Override
  public Optional<PreviewResponse> preview(String workspaceId, PreviewQuery query) {
    return known(workspaceId).map(workspace -> PreviewView.answer(workspace, query, prices));
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
    return known(workspaceId).map(workspace -> item(workspaceId, workspace.row()));
  }

  private static WorkspaceItem item(String workspaceId, WorkspaceRow row) {
    return new WorkspaceItem(workspaceId, row.name(), row.timeZone());
  }

  @Override
  public long version(String workspaceId) {
    return snapshot(workspaceId).version();
  }

  @Override
  public Instant validUntil(String workspaceId) {
    return Instant.ofEpochMilli(
        Math.min(
            Math.min(lastFullMinute(now) + MINUTE_MILLIS, prices.nextChange(now)),
            snapshot(workspaceId).balance().nextBoundary(now)));
  }

  static long lastFullMinute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }
}
