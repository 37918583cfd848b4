package io.creditflow.reference;

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
import io.creditflow.query.HistoryRow;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.Page;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.ReferenceHistory.Cursor;
import io.creditflow.reference.ReferenceHistory.Row;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The reference calculator's responses at one instant, without projections and alerts. */
public final class ReferenceQueries implements CreditQueries {
  private final SortedMap<String, AcceptedEvents> state;
  private final List<Cursor> cursors;
  private final ReferenceRules rules;
  private final Instant now;

  /**
   * Cached burn-downs and history rows of each workspace at this instant, because queries need them
   * often.
   */
  private final Map<AcceptedEvents, ReferenceBurnDown> burnDowns = new HashMap<>();

  private final Map<AcceptedEvents, List<Row>> historyRows = new HashMap<>();

  ReferenceQueries(
      SortedMap<String, AcceptedEvents> state,
      List<Cursor> cursors,
      ReferenceRules rules,
      Instant now) {
    this.state = state;
    this.rules = rules;
    this.cursors = cursors;
    this.now = now;
  }

  @Override
  public Optional<CreditsResponse> credits(String workspaceId, Instant at) {
    if (at != null && at.isAfter(now)) {
      throw new InvalidQueryException("at", "is after now");
    }
    return accepted(workspaceId)
        .map(
            accepted ->
                at == null
                    ? ReferenceCredits.present(workspaceId, accepted, present(accepted), now)
                    : ReferenceCredits.past(
                        workspaceId, accepted, ReferenceBurnDown.through(accepted, at), at));
  }

  @Override
  public Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query) {
    return accepted(workspaceId)
        .map(accepted -> trendsPage(accepted, accepted.zone()).answer(query));
  }

  /**
   * Trends in a given zone. While past days are recounted, trends are served in the workspace's
   * previous zone.
   */
  public Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query, String zone) {
    return accepted(workspaceId)
        .map(accepted -> trendsPage(accepted, TimeZones.inUse().of(zone)).answer(query));
  }

  @Override
  public Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query) {
    int start = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    return accepted(workspaceId)
        .map(
            accepted -> {
              List<CampaignItem> items = ReferenceCampaigns.items(accepted, query);
              int end = Math.min(items.size(), start + query.limit());
              return new Page<>(
                  items.subList(start, end), end == items.size() ? null : Integer.toString(end));
            });
  }

  @Override
  public Optional<CampaignResponse> campaign(String workspaceId, String campaignId) {
    return accepted(workspaceId)
        .filter(accepted -> accepted.campaignIds().contains(campaignId))
        .map(
            accepted -> {
              LocalDate today = ReferenceDays.of(now, accepted.zone());
              return new CampaignResponse(
                  ReferenceCampaigns.item(accepted, campaignId),
                  trendsPage(accepted, accepted.zone())
                      .points(campaignId, today.minusDays(29), today));
            });
  }

  /** All rows that match the query, on one page. */
  public List<HistoryRow> rows(String workspaceId, HistoryQuery query) {
    AcceptedEvents accepted = state.get(workspaceId);
    return shown(lines(accepted), query, accepted).map(Row::row).toList();
  }

  /** A cursor is an index into {@link #cursors}. */
  @Override
  public Optional<HistoryResponse> history(String workspaceId, HistoryQuery query) {
    return accepted(workspaceId)
        .map(
            accepted -> {
              List<Row> lines = lines(accepted);
              Cursor cursor =
                  query.cursor() == null ? null : cursors.get(Integer.parseInt(query.cursor()));
              List<Row> rest =
                  cursor == null ? lines : ReferenceHistory.older(lines, cursor.last());
              boolean changed = cursor != null && cursor.changed(lines);
              List<Row> page = shown(rest, query, accepted).limit(query.limit() + 1L).toList();
              String next = null;
              if (page.size() > query.limit()) {
                page = page.subList(0, query.limit());
                next = Integer.toString(cursors.size());
                cursors.add(Cursor.after(lines, page.get(query.limit() - 1)));
              }
              return new HistoryResponse(page.stream().map(Row::row).toList(), changed, next);
            });
  }

  private static Stream<Row> shown(List<Row> lines, HistoryQuery query, AcceptedEvents accepted) {
    ZoneId zone = accepted.zone();
    return lines.stream().filter(line -> ReferenceHistory.shown(line.row(), query, zone));
  }

  @Override
  public Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query) {
    return accepted(workspaceId).map(accepted -> new Page<>(List.of(), null));
  }

  @Override
  public Optional<EventResponse> event(String workspaceId, String eventId) {
    return accepted(workspaceId)
        .flatMap(accepted -> ReferenceEvents.of(accepted, present(accepted), eventId));
  }

  @Override
  public Optional<PreviewResponse> preview(String workspaceId, PreviewQuery query) {
    return accepted(workspaceId).map(accepted -> ReferencePreview.of(accepted, rules, now, query));
  }

  @Override
  public Page<WorkspaceItem> workspaces(String after, int limit) {
    List<WorkspaceItem> items =
        state.keySet().stream()
            .filter(id -> after == null || Utf8Comparator.ORDER.compare(id, after) > 0)
            .map(id -> workspace(id).orElseThrow())
            .toList();
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    return new Page<>(items.subList(0, limit), items.get(limit - 1).workspaceId());
  }

  @Override
  public Optional<WorkspaceItem> workspace(String workspaceId) {
    return accepted(workspaceId)
        .map(
            accepted ->
                new WorkspaceItem(workspaceId, accepted.name(), TimeZones.idOf(accepted.zone())));
  }

  /** Always a new number, because the reference calculator has no versions. */
  @Override
  public long version(String workspaceId) {
    return state.containsKey(workspaceId) ? System.nanoTime() : -1;
  }

  @Override
  public Instant validUntil(String workspaceId) {
    return now.plusMillis(1);
  }

  private ReferenceTrends trendsPage(AcceptedEvents accepted, ZoneId zone) {
    return new ReferenceTrends(accepted, present(accepted), now, zone);
  }

  private ReferenceBurnDown present(AcceptedEvents accepted) {
    return burnDowns.computeIfAbsent(accepted, same -> ReferenceBurnDown.present(same, now));
  }

  private List<Row> lines(AcceptedEvents accepted) {
    return historyRows.computeIfAbsent(
        accepted, same -> ReferenceHistory.lines(same, present(same)));
  }

  Optional<AcceptedEvents> accepted(String workspaceId) {
    return Optional.ofNullable(state.get(workspaceId));
  }
}
