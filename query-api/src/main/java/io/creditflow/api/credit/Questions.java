package io.creditflow.api.credit;

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
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.Page;
import io.creditflow.answer.PreviewAnswer;
import io.creditflow.answer.PreviewQuery;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.api.credit.CsvTables.LocalHistory;
import io.creditflow.api.http.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a request's path and parameters into a {@link Question}, refusing what is not one. */
final class Questions {
  private static final int DAYS_MAX = 400;
  private static final int HOURLY_DAYS_MAX = 14;
  private static final int PREVIEWED_MAX = 1_000_000_000;

  /** Behind the path of what the peers' port answers as parts of a CSV. */
  private static final String CSV = ".csv";

  private static final int PAGE_MAX = Parameters.LIMIT_MAX;
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

  static Question<CreditsAnswer> credits(String workspaceId, Parameters parameters) {
    Instant at = parameters.instant("at");
    parameters.requireGood();
    return new Question<>(
        workspaceId,
        path(workspaceId, "") + parameters.encoded(),
        queries -> queries.credits(workspaceId, at));
  }

  static Question<TrendsAnswer> trends(String workspaceId, Parameters parameters) {
    return trends(workspaceId, parameters, false, "/trends");
  }

  /** Every series, none folded. */
  static CsvExport.Table wholeTrends(String workspaceId, Parameters parameters) {
    Question<TrendsAnswer> question = trends(workspaceId, parameters, true, "/trends" + CSV);
    return new CsvExport.Table(
        "credit-usage.csv",
        CsvTables.TRENDS,
        cursor -> new CsvQuestion<>(question, CsvTables::trends));
  }

  private static Question<TrendsAnswer> trends(
      String workspaceId, Parameters parameters, boolean isWhole, String rest) {
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
    parameters.requireGood();
    TrendsQuery query = new TrendsQuery(from, to, granularity, groupBy, isWhole);
    return new Question<>(
        workspaceId,
        path(workspaceId, rest) + parameters.encoded(),
        queries -> queries.trends(workspaceId, query));
  }

  static Question<?> campaigns(String workspaceId, Parameters parameters) {
    CampaignsQuery query = campaignsQuery(parameters);
    parameters.requireGood();
    String path = path(workspaceId, "/campaigns") + parameters.encoded();
    return query.campaignId() == null
        ? new Question<>(workspaceId, path, queries -> queries.campaigns(workspaceId, query))
        : new Question<>(workspaceId, path, queries -> withPoints(queries, workspaceId, query));
  }

  private static Optional<Page<CampaignAnswer>> withPoints(
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

  /** All that match. */
  static CsvExport.Table wholeCampaigns(String workspaceId, Parameters parameters) {
    CampaignsQuery asked = campaignsQuery(parameters);
    requireNoCursor(parameters, asked.cursor());
    parameters.requireGood();
    CampaignsQuery all =
        new CampaignsQuery(
            asked.statuses(),
            asked.search(),
            asked.campaignId(),
            asked.sort(),
            asked.descending(),
            Integer.MAX_VALUE,
            null);
    Question<Page<CampaignItem>> question =
        new Question<>(
            workspaceId,
            path(workspaceId, "/campaigns" + CSV) + parameters.encoded(),
            queries -> queries.campaigns(workspaceId, all));
    return new CsvExport.Table(
        "campaigns.csv",
        CsvTables.CAMPAIGNS,
        cursor -> new CsvQuestion<>(question, CsvTables::campaigns));
  }

  private static CampaignsQuery campaignsQuery(Parameters parameters) {
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
        parameters.limit(),
        parameters.cursor());
  }

  private static void requireNoCursor(Parameters parameters, String cursor) {
    if (cursor != null) {
      parameters.reject("cursor", "not with text/csv, which is the whole list");
    }
  }

  static Question<CampaignAnswer> campaign(
      String workspaceId, String campaignId, Parameters parameters) {
    parameters.requireGood();
    return new Question<>(
        workspaceId,
        path(workspaceId, "/campaigns/" + Parameters.encode(campaignId)),
        queries -> queries.campaign(workspaceId, campaignId));
  }

  static Question<HistoryAnswer> history(String workspaceId, Parameters parameters) {
    HistoryQuery query = historyQuery(parameters);
    parameters.requireGood();
    return new Question<>(
        workspaceId,
        path(workspaceId, "/history") + parameters.encoded(),
        queries -> queries.history(workspaceId, query));
  }

  private static HistoryQuery historyQuery(Parameters parameters) {
    LocalDate from = parameters.day("from");
    LocalDate to = parameters.day("to");
    String campaignId = parameters.text("campaignId");
    Set<HistoryRow.Kind> kinds = parameters.several("kind", HistoryRow.Kind.class);
    String leadId = parameters.text("leadId");
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    requireOrder(parameters, from, to);
    return new HistoryQuery(from, to, campaignId, kinds, leadId, limit, cursor);
  }

  /** The whole range, in parts as long as a page may be. */
  static CsvExport.Table wholeHistory(String workspaceId, Parameters parameters) {
    HistoryQuery first = historyQuery(parameters);
    requireNoCursor(parameters, first.cursor());
    parameters.requireGood();
    return new CsvExport.Table(
        "credit-history.csv",
        CsvTables.HISTORY,
        cursor -> historyPart(workspaceId, first, parameters, cursor));
  }

  /** Between instances: one part of {@link #wholeHistory}. */
  static CsvQuestion<?> historyPart(String workspaceId, Parameters parameters) {
    HistoryQuery query = historyQuery(parameters);
    parameters.requireGood();
    return historyPart(workspaceId, query, parameters, query.cursor());
  }

  private static CsvQuestion<?> historyPart(
      String workspaceId, HistoryQuery asked, Parameters parameters, String cursor) {
    HistoryQuery page =
        new HistoryQuery(
            asked.from(),
            asked.to(),
            asked.campaignId(),
            asked.kinds(),
            asked.leadId(),
            PAGE_MAX,
            cursor);
    Map<String, String> changed = new HashMap<>();
    changed.put("limit", null);
    changed.put("cursor", cursor);
    return new CsvQuestion<>(
        new Question<>(
            workspaceId,
            path(workspaceId, "/history" + CSV) + parameters.encodedWith(changed),
            queries ->
                queries
                    .history(workspaceId, page)
                    .map(
                        history ->
                            new LocalHistory(
                                history, queries.workspace(workspaceId).orElseThrow().timeZone()))),
        CsvTables::history);
  }

  static Question<Page<AlertItem>> alerts(String workspaceId, Parameters parameters) {
    String inForce = parameters.word("inForce", List.of("true", "false"), null);
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.requireGood();
    AlertsQuery query =
        new AlertsQuery(inForce == null ? null : Boolean.valueOf(inForce), limit, cursor);
    return new Question<>(
        workspaceId,
        path(workspaceId, "/alerts") + parameters.encoded(),
        queries -> queries.alerts(workspaceId, query));
  }

  static Question<EventAnswer> event(String workspaceId, Parameters parameters) {
    String eventId = parameters.text("eventId");
    if (eventId == null) {
      parameters.reject("eventId", "is missing: the id of the event asked about");
    }
    parameters.requireGood();
    return new Question<>(
        workspaceId,
        "/v1/workspaces/" + Parameters.encode(workspaceId) + "/events" + parameters.encoded(),
        queries -> queries.event(workspaceId, eventId));
  }

  static Question<PreviewAnswer> preview(String workspaceId, Parameters parameters) {
    PreviewQuery query =
        new PreviewQuery(
            parameters.count("leads", PREVIEWED_MAX),
            parameters.count("phones", PREVIEWED_MAX),
            parameters.text("campaignId"));
    parameters.requireGood();
    return new Question<>(
        workspaceId,
        path(workspaceId, "/preview") + parameters.encoded(),
        queries -> queries.preview(workspaceId, query));
  }

  private static void requireOrder(Parameters parameters, LocalDate from, LocalDate to) {
    if (from != null && to != null && from.isAfter(to)) {
      parameters.reject("from", "must not be after to");
    }
  }

  private static String path(String workspaceId, String rest) {
    return "/v1/workspaces/" + Parameters.encode(workspaceId) + "/credits" + rest;
  }

  private Questions() {}
}
