package io.creditflow.view;

import io.creditflow.answer.AlertItem;
import io.creditflow.answer.AlertsQuery;
import io.creditflow.answer.CampaignAnswer;
import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.CreditQueries;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.EventAnswer;
import io.creditflow.answer.HistoryAnswer;
import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.InvalidQueryException;
import io.creditflow.answer.Page;
import io.creditflow.answer.PreviewAnswer;
import io.creditflow.answer.PreviewQuery;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsAnswer.Series;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Campaigns;
import io.creditflow.campaign.Picture;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.projection.Projection;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.usage.PriceList;
import io.creditflow.usage.Tally;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.Days;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answers to every question, read from one consistent view of a partition at one instant. */
public final class BooksView implements CreditQueries {
  static final int DAYS_MAX = 400;
  static final int HOURLY_DAYS_MAX = 14;
  static final int HOURLY_DAYS_BACK_MAX = 50;
  static final int DEFAULT_DAYS = 30;
  private static final long MINUTE_MILLIS = 60_000;

  private static final LeadSource[] SOURCES = LeadSource.values();
  private static final CampaignStatus[] STATUSES = CampaignStatus.values();

  private final State state;
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
  public BooksView(State state, PriceList prices, PostingSearch postings, long now) {
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
  public Optional<CreditsAnswer> credits(String workspaceId, Instant at) {
    if (at != null && at.toEpochMilli() > now) {
      throw new InvalidQueryException("at", "is after now; ask about the past or leave it out");
    }
    return row(workspaceId).map(row -> credits(workspaceId, row, at));
  }

  private CreditsAnswer credits(String workspaceId, WorkspaceRow row, Instant at) {
    Balance balance = new Balance(state, workspaceId);
    long instant = at == null ? now : at.toEpochMilli();
    BurnDown walk = at == null ? balance.present(now) : balance.past(instant);
    CreditsAnswer.Runway runway =
        at == null
            ? new Outlook(state, workspaceId, row, now).runway(walk, balance.grants())
            : null;
    return CreditsView.answer(workspaceId, row, balance.grants(), walk, instant, runway);
  }

  @Override
  public Optional<TrendsAnswer> trends(String workspaceId, TrendsQuery query) {
    return row(workspaceId).map(row -> trends(workspaceId, row, query));
  }

  private TrendsAnswer trends(String workspaceId, WorkspaceRow row, TrendsQuery query) {
    Days days = new Days(row.servedZone());
    Balance balance = new Balance(state, workspaceId);
    LocalDate today = days.of(now);
    LocalDate to = query.to() == null ? today : query.to();
    LocalDate from = query.from() == null ? defaultFrom(balance, days, query, to) : query.from();
    checkRange(from, to, query.granularity(), today);
    Buckets buckets =
        query.granularity() == Granularity.DAY
            ? Buckets.days(from, to, days, row.dayGeneration())
            : Buckets.hours(from, to, days);
    TrendsView view =
        new TrendsView(state, workspaceId, new Campaigns(state, workspaceId).all(), buckets);
    List<Series> series =
        view.read(
            query,
            query.groupBy() == Grouping.NONE ? remaining(workspaceId, balance, buckets) : null);
    return new TrendsAnswer(
        from,
        to,
        query.granularity().name().toLowerCase(Locale.ROOT),
        query.groupBy().name().toLowerCase(Locale.ROOT),
        row.servedZoneId(),
        series.stream().mapToLong(Series::total).sum(),
        view.labelled(query.groupBy(), series));
  }

  private LocalDate defaultFrom(Balance balance, Days days, TrendsQuery query, LocalDate to) {
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

  private TrendsView.Remaining remaining(String workspaceId, Balance balance, Buckets buckets) {
    long usedBefore = new Tally(state, workspaceId).between(0, Tally.quarter(buckets.start(0)));
    Balance.Course course = balance.course();
    return (bucket, used) -> {
      if (buckets.start(bucket) > now) {
        return null;
      }
      return buckets.end(bucket) > now
          ? (Long) balance.present(now).remaining()
          : (Long) course.remainingBefore(buckets.end(bucket), usedBefore + used);
    };
  }

  @Override
  public Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query) {
    if (query.campaignId() != null) {
      List<CampaignItem> one =
          campaign(workspaceId, query.campaignId()).map(CampaignAnswer::item).stream().toList();
      return row(workspaceId).map(row -> new CampaignsView(query).page(one));
    }
    return row(workspaceId)
        .map(
            row -> {
              Map<String, CampaignRow> campaigns = new Campaigns(state, workspaceId).all();
              Outlook outlook = new Outlook(state, workspaceId, row, now);
              outlook.readCampaigns(campaigns);
              Instant periodEnd = periodEnd(workspaceId);
              List<CampaignItem> all = new ArrayList<>();
              campaigns.forEach(
                  (id, known) -> all.add(item(id, known, outlook.project(id, known, periodEnd))));
              return new CampaignsView(query).page(all);
            });
  }

  private Instant periodEnd(String workspaceId) {
    return CreditsView.period(new Balance(state, workspaceId).present(now))
        .map(CreditsAnswer.Period::end)
        .orElse(null);
  }

  private static CampaignItem item(String campaignId, CampaignRow row, Projection projection) {
    Picture picture = row.picture();
    return new CampaignItem(
        campaignId,
        picture == null ? null : picture.name(),
        picture == null ? null : SOURCES[picture.source()].name(),
        picture == null
            ? CampaignItem.Status.UNKNOWN
            : CampaignItem.Status.valueOf(STATUSES[picture.status()].name()),
        row.total().credits(),
        row.total().leads(),
        row.total().phones(),
        picture == null ? null : picture.quota(),
        projection.usage(),
        projection.low(),
        projection.high(),
        projection.reason(),
        projection.quotaReachedAt(),
        picture == null ? null : instant(picture.startsAt()),
        picture == null ? null : instant(picture.endsAt()),
        row.lastActivityAt() == 0 ? null : Instant.ofEpochMilli(row.lastActivityAt()));
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public Optional<CampaignAnswer> campaign(String workspaceId, String campaignId) {
    CampaignRow known = new Campaigns(state, workspaceId).find(campaignId);
    if (known == null) {
      return Optional.empty();
    }
    return row(workspaceId)
        .map(
            row -> {
              Days days = new Days(row.servedZone());
              LocalDate today = days.of(now);
              Buckets buckets =
                  Buckets.days(
                      today.minusDays(DEFAULT_DAYS - 1L), today, days, row.dayGeneration());
              Outlook outlook = new Outlook(state, workspaceId, row, now);
              outlook.readCampaign(campaignId, known);
              return new CampaignAnswer(
                  item(
                      campaignId,
                      known,
                      outlook.project(campaignId, known, periodEnd(workspaceId))),
                  new TrendsView(state, workspaceId, Map.of(campaignId, known), buckets)
                      .pointsOf(campaignId));
            });
  }

  @Override
  public Optional<HistoryAnswer> history(String workspaceId, HistoryQuery query) {
    return row(workspaceId)
        .map(
            row ->
                new HistoryView(
                        state,
                        workspaceId,
                        query,
                        new Balance(state, workspaceId).present(now).boundaries())
                    .page(new Days(row.zone())));
  }

  @Override
  public Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query) {
    return row(workspaceId).map(row -> new AlertsView(state, workspaceId, now).page(query));
  }

  @Override
  public Optional<EventAnswer> event(String workspaceId, String eventId) {
    return new EventView(state, workspaceId, eventId, now).answer(postings);
  }

  @Override
  public Optional<PreviewAnswer> preview(String workspaceId, PreviewQuery query) {
    return row(workspaceId).map(row -> PreviewView.answer(state, workspaceId, query, prices, now));
  }

  @Override
  public Page<WorkspaceItem> workspaces(String after, int limit) {
    byte[] table = Key.of(Table.WORKSPACE).bytes();
    byte[] from = after == null ? table : Key.after(Key.of(Table.WORKSPACE, after).bytes());
    List<WorkspaceItem> items = new ArrayList<>();
    try (State.Rows rows = state.ascend(from, Key.after(table))) {
      while (rows.hasNext() && items.size() < limit) {
        State.Row row = rows.next();
        items.add(item(Key.parts(row.key()).text(), WorkspaceRow.decode(row.value())));
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
