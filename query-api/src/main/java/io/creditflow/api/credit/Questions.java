package io.creditflow.api.credit;

import io.creditflow.answer.AlertItem;
import io.creditflow.answer.AlertsQuery;
import io.creditflow.answer.CampaignAnswer;
import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.CreditsAnswer;
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
import io.creditflow.api.http.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a request's path and parameters into a {@link Question}, refusing what is not one. */
final class Questions {
  private static final int DAYS_MAX = 400;
  private static final int HOURLY_DAYS_MAX = 14;
  private static final int PREVIEWED_MAX = 1_000_000_000;
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
    TrendsQuery query = new TrendsQuery(from, to, granularity, groupBy);
    return new Question<>(
        workspaceId,
        path(workspaceId, "/trends") + parameters.encoded(),
        queries -> queries.trends(workspaceId, query));
  }

  static Question<Page<CampaignItem>> campaigns(String workspaceId, Parameters parameters) {
    Set<CampaignItem.Status> statuses = parameters.several("status", CampaignItem.Status.class);
    String search = parameters.text("search");
    String sort = parameters.word("sort", SORT_WORDS, "-creditsUsed");
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.requireGood();
    boolean isDescending = sort.startsWith("-");
    CampaignsQuery query =
        new CampaignsQuery(
            statuses,
            search == null ? "" : search,
            SORTS.get(isDescending ? sort.substring(1) : sort),
            isDescending,
            limit,
            cursor);
    return new Question<>(
        workspaceId,
        path(workspaceId, "/campaigns") + parameters.encoded(),
        queries -> queries.campaigns(workspaceId, query));
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
    return history(workspaceId, query, parameters.encoded());
  }

  private static HistoryQuery historyQuery(Parameters parameters) {
    LocalDate from = parameters.day("from");
    LocalDate to = parameters.day("to");
    String campaignId = parameters.text("campaignId");
    Set<HistoryRow.Kind> kinds = parameters.several("kind", HistoryRow.Kind.class);
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    requireOrder(parameters, from, to);
    return new HistoryQuery(from, to, campaignId, kinds, limit, cursor);
  }

  /** The pages of a whole range, one after the other, each as long as a page may be. */
  interface HistoryPages {
    Question<HistoryAnswer> after(String cursor);
  }

  static HistoryPages wholeHistory(String workspaceId, Parameters parameters) {
    HistoryQuery first = historyQuery(parameters);
    if (first.cursor() != null) {
      parameters.reject("cursor", "not with text/csv, which is the whole range");
    }
    parameters.requireGood();
    return cursor -> {
      HistoryQuery page =
          new HistoryQuery(
              first.from(), first.to(), first.campaignId(), first.kinds(), PAGE_MAX, cursor);
      Map<String, String> changed = new HashMap<>();
      changed.put("limit", Integer.toString(PAGE_MAX));
      changed.put("cursor", cursor);
      return history(workspaceId, page, parameters.encodedWith(changed));
    };
  }

  private static Question<HistoryAnswer> history(
      String workspaceId, HistoryQuery query, String encoded) {
    return new Question<>(
        workspaceId,
        path(workspaceId, "/history") + encoded,
        queries -> queries.history(workspaceId, query));
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
