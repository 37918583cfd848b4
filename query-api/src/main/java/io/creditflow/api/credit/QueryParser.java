package io.creditflow.api.credit;

import io.creditflow.api.credit.CsvTables.LocalHistory;
import io.creditflow.api.http.RequestParameters;
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
import io.creditflow.query.Page;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parses the path and the parameters of a request into a {@link WorkspaceQuery}. Refuses invalid
 * parameters with a {@link io.creditflow.api.http.ProblemException}.
 */
final class QueryParser {
  private static final int DAYS_MAX = 400;
  private static final int HOURLY_DAYS_MAX = 14;
  private static final int PREVIEWED_MAX = 1_000_000_000;

  /** The path suffix of the routes that send parts of a CSV export to other instances. */
  private static final String CSV_SUFFIX = ".csv";

  private static final Map<String, CampaignsQuery.Sort> SORTS =
      Map.of(
          "creditsUsed", CampaignsQuery.Sort.CREDITS_USED,
          "name", CampaignsQuery.Sort.NAME,
          "projectedUsage", CampaignsQuery.Sort.PROJECTED_USAGE,
          "lastActivityAt", CampaignsQuery.Sort.LAST_ACTIVITY_AT);
  private static final List<String> SORT_WORDS =
      List.of(
          "creditsUsed",
          "-creditsUsed",
          "name",
          "-name",
          "projectedUsage",
          "-projectedUsage",
          "lastActivityAt",
          "-lastActivityAt");

  static WorkspaceQuery<CreditsResponse> credits(String workspaceId, RequestParameters parameters) {
    Instant at = parameters.instant("at");
    parameters.requireValidAndKnown();
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, "") + parameters.encoded(),
        queries -> queries.credits(workspaceId, at));
  }

  static WorkspaceQuery<TrendsResponse> trends(String workspaceId, RequestParameters parameters) {
    return trends(workspaceId, parameters, false, "/trends");
  }

  /** The export of all series, none of them folded into {@code Other}. */
  static CsvExport.Table wholeTrends(String workspaceId, RequestParameters parameters) {
    WorkspaceQuery<TrendsResponse> query =
        trends(workspaceId, parameters, true, "/trends" + CSV_SUFFIX);
    return new CsvExport.Table(
        "credit-usage.csv", CsvTables.TRENDS, cursor -> new CsvQuery<>(query, CsvTables::trends));
  }

  private static WorkspaceQuery<TrendsResponse> trends(
      String workspaceId, RequestParameters parameters, boolean isWhole, String rest) {
    LocalDate from = parameters.day("from");
    LocalDate to = parameters.day("to");
    Granularity granularity =
        parameters.lowerCase("granularity", Granularity.class, Granularity.DAY);
    Grouping groupBy = parameters.lowerCase("groupBy", Grouping.class, Grouping.NONE);
    requireOrder(parameters, from, to);
    int daysMax = granularity == Granularity.HOUR ? HOURLY_DAYS_MAX : DAYS_MAX;
    if (from != null && to != null && ChronoUnit.DAYS.between(from, to) >= daysMax) {
      parameters.reject("from", "at most " + daysMax + " days up to and including to");
    }
    parameters.requireValidAndKnown();
    TrendsQuery query = new TrendsQuery(from, to, granularity, groupBy, isWhole);
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, rest) + parameters.encoded(),
        queries -> queries.trends(workspaceId, query));
  }

  static WorkspaceQuery<?> campaigns(String workspaceId, RequestParameters parameters) {
    CampaignsQuery query = campaignsQuery(parameters);
    parameters.requireValidAndKnown();
    String path = path(workspaceId, "/campaigns") + parameters.encoded();
    return query.campaignId() == null
        ? new WorkspaceQuery<>(workspaceId, path, queries -> queries.campaigns(workspaceId, query))
        : new WorkspaceQuery<>(
            workspaceId, path, queries -> withPoints(queries, workspaceId, query));
  }

  private static Optional<Page<CampaignResponse>> withPoints(
      CreditQueries queries, String workspaceId, CampaignsQuery query) {
    return queries
        .campaigns(workspaceId, query)
        .map(
            page ->
                new Page<>(
                    page.items().stream()
                        .map(item -> queries.campaign(workspaceId, item.campaignId()).orElseThrow())
                        .toList(),
                    page.nextCursor()));
  }

  /** The export of all campaigns that match. */
  static CsvExport.Table wholeCampaigns(String workspaceId, RequestParameters parameters) {
    CampaignsQuery requested = campaignsQuery(parameters);
    requireNoCursor(parameters, requested.cursor());
    parameters.requireValidAndKnown();
    CampaignsQuery all =
        new CampaignsQuery(
            requested.statuses(),
            requested.search(),
            requested.campaignId(),
            requested.sort(),
            requested.descending(),
            Integer.MAX_VALUE,
            null);
    WorkspaceQuery<Page<CampaignItem>> query =
        new WorkspaceQuery<>(
            workspaceId,
            path(workspaceId, "/campaigns" + CSV_SUFFIX) + parameters.encoded(),
            queries -> queries.campaigns(workspaceId, all));
    return new CsvExport.Table(
        "campaigns.csv",
        CsvTables.CAMPAIGNS,
        cursor -> new CsvQuery<>(query, CsvTables::campaigns));
  }

  private static CampaignsQuery campaignsQuery(RequestParameters parameters) {
    Set<CampaignItem.Status> statuses = parameters.several("status", CampaignItem.Status.class);
    String search = parameters.text("search");
    String campaignId = parameters.text("campaignId");
    String sort = parameters.word("sort", SORT_WORDS, "-creditsUsed");
    boolean isDescending = sort.startsWith("-");
    return new CampaignsQuery(
        statuses,
        search == null ? "" : search,
        campaignId,
        SORTS.get(isDescending ? sort.substring(1) : sort),
        isDescending,
        parameters.limit(Page.LIMIT_MAX),
        parameters.cursor());
  }

  private static void requireNoCursor(RequestParameters parameters, String cursor) {
    if (cursor != null) {
      parameters.reject("cursor", "not with text/csv, which is the whole list");
    }
  }

  static WorkspaceQuery<CampaignResponse> campaign(
      String workspaceId, String campaignId, RequestParameters parameters) {
    parameters.requireValidAndKnown();
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, "/campaigns/" + RequestParameters.encode(campaignId)),
        queries -> queries.campaign(workspaceId, campaignId));
  }

  static WorkspaceQuery<HistoryResponse> history(String workspaceId, RequestParameters parameters) {
    HistoryQuery query = historyQuery(parameters);
    parameters.requireValidAndKnown();
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, "/history") + parameters.encoded(),
        queries -> queries.history(workspaceId, query));
  }

  private static HistoryQuery historyQuery(RequestParameters parameters) {
    LocalDate from = parameters.day("from");
    LocalDate to = parameters.day("to");
    String campaignId = parameters.text("campaignId");
    Set<HistoryRow.Kind> kinds = parameters.several("kind", HistoryRow.Kind.class);
    String leadId = parameters.text("leadId");
    int limit = parameters.limit(Page.LIMIT_MAX);
    String cursor = parameters.cursor();
    requireOrder(parameters, from, to);
    return new HistoryQuery(from, to, campaignId, kinds, leadId, limit, cursor);
  }

  /** The export of the whole range, in parts of the maximum page length. */
  static CsvExport.Table wholeHistory(String workspaceId, RequestParameters parameters) {
    HistoryQuery first = historyQuery(parameters);
    requireNoCursor(parameters, first.cursor());
    parameters.requireValidAndKnown();
    return new CsvExport.Table(
        "credit-history.csv",
        CsvTables.HISTORY,
        cursor -> historyPart(workspaceId, first, parameters, cursor));
  }

  /** For other instances: one part of {@link #wholeHistory}. */
  static CsvQuery<?> historyPart(String workspaceId, RequestParameters parameters) {
    HistoryQuery query = historyQuery(parameters);
    parameters.requireValidAndKnown();
    return historyPart(workspaceId, query, parameters, query.cursor());
  }

  private static CsvQuery<?> historyPart(
      String workspaceId, HistoryQuery requested, RequestParameters parameters, String cursor) {
    HistoryQuery page =
        new HistoryQuery(
            requested.from(),
            requested.to(),
            requested.campaignId(),
            requested.kinds(),
            requested.leadId(),
            Page.LIMIT_MAX,
            cursor);
    Map<String, String> changed = new HashMap<>();
    changed.put("limit", null);
    changed.put("cursor", cursor);
    return new CsvQuery<>(
        new WorkspaceQuery<>(
            workspaceId,
            path(workspaceId, "/history" + CSV_SUFFIX) + parameters.encodedWith(changed),
            queries ->
                queries
                    .history(workspaceId, page)
                    .map(
                        history ->
                            new LocalHistory(
                                history, queries.workspace(workspaceId).orElseThrow().timeZone()))),
        CsvTables::history);
  }

  static WorkspaceQuery<Page<AlertItem>> alerts(String workspaceId, RequestParameters parameters) {
    String inForce = parameters.word("inForce", List.of("true", "false"), null);
    int limit = parameters.limit(Page.LIMIT_MAX);
    String cursor = parameters.cursor();
    parameters.requireValidAndKnown();
    AlertsQuery query =
        new AlertsQuery(inForce == null ? null : Boolean.valueOf(inForce), limit, cursor);
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, "/alerts") + parameters.encoded(),
        queries -> queries.alerts(workspaceId, query));
  }

  static WorkspaceQuery<EventResponse> event(String workspaceId, RequestParameters parameters) {
    String eventId = parameters.text("eventId");
    if (eventId == null) {
      parameters.reject("eventId", "is missing: the id of the event asked about");
    }
    parameters.requireValidAndKnown();
    return new WorkspaceQuery<>(
        workspaceId,
        "/v1/workspaces/"
            + RequestParameters.encode(workspaceId)
            + "/events"
            + parameters.encoded(),
        queries -> queries.event(workspaceId, eventId));
  }

  static WorkspaceQuery<PreviewResponse> preview(String workspaceId, RequestParameters parameters) {
    PreviewQuery query =
        new PreviewQuery(
            parameters.count("leads", PREVIEWED_MAX),
            parameters.count("phones", PREVIEWED_MAX),
            parameters.text("campaignId"));
    parameters.requireValidAndKnown();
    return new WorkspaceQuery<>(
        workspaceId,
        path(workspaceId, "/preview") + parameters.encoded(),
        queries -> queries.preview(workspaceId, query));
  }

  private static void requireOrder(RequestParameters parameters, LocalDate from, LocalDate to) {
    if (from != null && to != null && from.isAfter(to)) {
      parameters.reject("from", "must not be after to");
    }
  }

  private static String path(String workspaceId, String rest) {
    return "/v1/workspaces/" + RequestParameters.encode(workspaceId) + "/credits" + rest;
  }

  private QueryParser() {}
}
