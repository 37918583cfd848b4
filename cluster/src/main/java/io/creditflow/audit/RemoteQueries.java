package io.creditflow.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignResponse;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Queries a running system over HTTP. Each query is retried for up to 60 s while the system answers
 * 503, answers incompletely or cannot be reached. A 404 is returned as empty.
 */
public final class RemoteQueries {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ApiClient api;

  public RemoteQueries(ApiClient api) {
    this.api = api;
  }

  /** A balance and its {@code asOf}. */
  public record Credits(CreditsResponse answer, Instant asOf) {}

  /**
   * The balance of a workspace.
   *
   * @param query the query string with its question mark, or ""
   */
  public Optional<Credits> credits(String workspaceId, String query) {
    return get(path(workspaceId, query))
        .map(
            body ->
                new Credits(
                    ResponseParser.as(body, CreditsResponse.class),
                    Instant.parse(body.path("asOf").asText())));
  }

  public Optional<TrendsResponse> trends(String workspaceId, String query) {
    return get(path(workspaceId, "/trends" + query))
        .map(body -> ResponseParser.as(body, TrendsResponse.class));
  }

  public List<CampaignItem> campaigns(String workspaceId) {
    return items(path(workspaceId, "/campaigns?"), new TypeReference<List<CampaignItem>>() {});
  }

  public Optional<CampaignResponse> campaign(String workspaceId, String campaignId) {
    return get(path(workspaceId, "/campaigns/" + encode(campaignId)))
        .map(
            body ->
                new CampaignResponse(
                    ResponseParser.as(body, CampaignItem.class),
                    ResponseParser.as(body.path("points"), new TypeReference<List<Point>>() {})));
  }

  /** The whole history, newest first. */
  public List<HistoryRow> history(String workspaceId) {
    return newestHistory(workspaceId, Integer.MAX_VALUE);
  }

  /** The history of a range of days in the workspace's zone, both days included, newest first. */
  List<HistoryRow> history(String workspaceId, LocalDate from, LocalDate to) {
    return items(
        path(workspaceId, "/history?from=%s&to=%s&".formatted(from, to)),
        new TypeReference<List<HistoryRow>>() {});
  }

  /** At least the newest {@code rows} rows, or all if there are fewer, newest first. */
  List<HistoryRow> newestHistory(String workspaceId, int rows) {
    return items(path(workspaceId, "/history?"), new TypeReference<List<HistoryRow>>() {}, rows);
  }

  public List<WorkspaceItem> workspaces() {
    return items("/v1/workspaces?", new TypeReference<List<WorkspaceItem>>() {});
  }

  /**
   * @param path ends with a question mark, or with an ampersand after other parameters
   */
  private <T> List<T> items(String path, TypeReference<List<T>> type) {
    return items(path, type, Integer.MAX_VALUE);
  }

  private <T> List<T> items(String path, TypeReference<List<T>> type, int rowsMin) {
    List<T> all = new ArrayList<>();
    String cursor = null;
    do {
      String more = cursor == null ? "" : "&cursor=" + encode(cursor);
      Optional<JsonNode> page = get(path + "limit=500" + more);
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(ResponseParser.as(page.get().path("items"), type));
      JsonNode next = page.get().path("nextCursor");
      cursor = next.isTextual() ? next.asText() : null;
    } while (cursor != null && all.size() < rowsMin);
    return all;
  }

  private Optional<JsonNode> get(String path) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String problem;
      try {
        HttpResponse<byte[]> response = api.get(path);
        if (response.statusCode() == 404) {
          return Optional.empty();
        }
        problem = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() == 200) {
          JsonNode body = ResponseParser.tree(response.body());
          if (!body.path("incomplete").asBoolean()) {
            return Optional.of(body);
          }
        }
        if (response.statusCode() != 503) {
          throw new IllegalStateException(
              path + " answered " + response.statusCode() + ": " + problem);
        }
      } catch (IOException e) {
        problem = e.toString();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            path + " had no usable response for " + PATIENCE.toSeconds() + " s: " + problem);
      }
      Await.pause(200);
    }
  }

  private static String path(String workspaceId, String rest) {
    return "/v1/workspaces/" + encode(workspaceId) + "/credits" + rest;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
