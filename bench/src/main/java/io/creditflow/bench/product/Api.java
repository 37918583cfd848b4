package io.creditflow.bench.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.bench.workload.Mix;
import io.creditflow.bench.workload.Totals;
import io.creditflow.bench.workload.Workload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The HTTP API as a client of it would use it. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DAYS_LATE_MAX = 4;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  Api(String url, String token) {
    this.url = url;
    this.token = token;
  }

  public String url() {
    return url;
  }

  public String token() {
    return token;
  }

  /** True once {@code /health/ready} answers 200. */
  public boolean isReady() throws InterruptedException {
    try {
      return send("/health/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** The body of a 200. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path);
    if (response.statusCode() != 200) {
      throw new IOException(
          "GET " + path + " gave " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  public HttpResponse<String> send(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** What it says that a load came to, in the lines of {@link Totals}. */
  public List<String> countedLines(Workload workload) throws IOException, InterruptedException {
    Mix mix = workload.mix();
    List<String> balances = new ArrayList<>();
    Totals totals = new Totals();
    for (int i = 0; i < mix.workspaces(); i++) {
      String id = workload.workspaceId(i);
      String workspace = "/v1/workspaces/" + id + "/credits";
      for (JsonNode campaign : all(workspace + "/campaigns?")) {
        if (campaign.path("creditsUsed").asLong() > 0) {
          totals.usage(
              id,
              campaign.path("campaignId").asText(),
              campaign.path("leadsSourced").asLong(),
              campaign.path("phonesRevealed").asLong());
        }
      }
      for (JsonNode day : get(workspace + "/trends?" + range(mix)).at("/series/0/points")) {
        if (day.path("credits").asLong() > 0) {
          LocalDate date = LocalDate.parse(day.path("start").asText());
          totals.day(id, date, day.path("credits").asLong());
        }
      }
      JsonNode credits = get(workspace);
      balances.add(
          Totals.balance(
              id, credits.path("remaining").asLong() - credits.path("overage").asLong()));
    }
    List<String> lines = new ArrayList<>(totals.countedLines());
    lines.addAll(balances);
    return lines;
  }

  private static String range(Mix mix) {
    LocalDate from = LocalDate.ofInstant(mix.begin(), ZoneOffset.UTC).minusDays(DAYS_LATE_MAX);
    return "from=" + from + "&to=" + LocalDate.ofInstant(mix.end(), ZoneOffset.UTC);
  }

  private List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = null;
    do {
      String more =
          cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
      JsonNode page = get(path + "limit=500" + more);
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").textValue();
    } while (cursor != null);
    return items;
  }
}
