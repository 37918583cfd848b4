package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.quickstart.endtoend.TestLoad.Usage;
import io.creditflow.testkit.ApiClient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the API must answer after a load, to the credit. */
final class ExactAnswers {
  private final ApiClient api;
  private final TestLoad load;
  private final Instant now;

  ExactAnswers(ApiClient api, TestLoad load, Instant now) {
    this.api = api;
    this.load = load;
    this.now = now;
  }

  void areServed() throws Exception {
    for (String workspace : TestLoad.WORKSPACES) {
      balance(workspace);
      dailyTrends(workspace);
      campaignTotals(workspace);
      history(workspace);
    }
  }

  private void balance(String workspace) throws Exception {
    JsonNode credits = api.json(path(workspace, ""));
    long used = load.count(workspace, one -> true);
    assertThat(credits.path("timeZone").asText()).isEqualTo(TestLoad.ZONES.get(workspace).getId());
    switch (workspace) {
      case "rich-co" -> assertBalance(credits, TestLoad.RICH_GRANT, used, 0);
      case "poor-co" -> {
        assertThat(used).isGreaterThan(TestLoad.POOR_GRANT);
        assertBalance(
            credits, TestLoad.POOR_GRANT, TestLoad.POOR_GRANT, used - TestLoad.POOR_GRANT);
      }
      default -> {
        long early = usedBeforeTurn();
        assertBalance(credits, TestLoad.SECOND_GRANT, used - early, 0);
        JsonNode first = grant(credits, "first");
        assertThat(first.path("status").asText()).isEqualTo("EXPIRED");
        assertThat(first.path("consumed").asLong()).isEqualTo(early);
        assertThat(first.path("forfeited").asLong()).isEqualTo(TestLoad.FIRST_GRANT - early);
      }
    }
  }

  private void dailyTrends(String workspace) throws Exception {
    LocalDate today = now.atZone(TestLoad.ZONES.get(workspace)).toLocalDate();
    LocalDate from = today.minusDays(24);
    JsonNode trends =
        api.json(path(workspace, "/trends?granularity=day&from=" + from + "&to=" + today));
    Map<LocalDate, Long> expected = load.creditsByDay(workspace);
    Map<LocalDate, Long> served = new TreeMap<>();
    for (JsonNode point : trends.path("series").path(0).path("points")) {
      served.put(LocalDate.parse(point.path("start").asText()), point.path("credits").asLong());
    }
    assertThat(served).as("zero days are there, too").hasSize(25).containsAllEntriesOf(expected);
    served.keySet().removeAll(expected.keySet());
    assertThat(served.values()).allMatch(credits -> credits == 0);
    assertThat(trends.path("total").asLong()).isEqualTo(load.count(workspace, one -> true));
  }

  private void campaignTotals(String workspace) throws Exception {
    Map<String, Long> served = new TreeMap<>();
    for (JsonNode item : api.all(path(workspace, "/campaigns"))) {
      String campaign = item.path("campaignId").asText();
      served.put(campaign, item.path("creditsUsed").asLong());
      assertThat(item.path("phonesRevealed").asLong())
          .isEqualTo(
              load.count(workspace, one -> one.campaignId().equals(campaign) && one.phone()));
      boolean described = !campaign.equals("campaign-3");
      assertThat(item.path("status").asText()).isEqualTo(described ? "ACTIVE" : "UNKNOWN");
    }
    assertThat(served).isEqualTo(load.creditsByCampaign(workspace));
  }

  private void history(String workspace) throws Exception {
    List<JsonNode> rows = api.all(path(workspace, "/history"));
    assertThat(sum(rows, "LEAD_SOURCED")).isEqualTo(-load.count(workspace, one -> !one.phone()));
    assertThat(sum(rows, "PHONE_REVEALED")).isEqualTo(-load.count(workspace, Usage::phone));
    assertThat(rows.stream().map(row -> row.path("id").asText()).distinct()).hasSize(rows.size());
    long net = 0;
    for (int row = rows.size() - 1; row >= 0; row--) {
      net += rows.get(row).path("credits").asLong();
      long balance = rows.get(row).path("balanceAfter").asLong();
      long overage = rows.get(row).path("overageAfter").asLong();
      assertThat(balance - overage).as("row %s from the top", row).isEqualTo(net);
      assertThat(Math.min(balance, overage)).isZero();
    }
    if (workspace.equals("twice-co")) {
      assertThat(sum(rows, "EXPIRED")).isEqualTo(usedBeforeTurn() - TestLoad.FIRST_GRANT);
    }
  }

  private long usedBeforeTurn() {
    return load.count("twice-co", one -> one.at().isBefore(load.turn()));
  }

  private static void assertBalance(JsonNode credits, long allocated, long consumed, long overage) {
    assertThat(credits.path("allocated").asLong()).isEqualTo(allocated);
    assertThat(credits.path("consumed").asLong()).isEqualTo(consumed);
    assertThat(credits.path("remaining").asLong()).isEqualTo(allocated - consumed);
    assertThat(credits.path("overage").asLong()).isEqualTo(overage);
  }

  private static JsonNode grant(JsonNode credits, String grantId) {
    for (JsonNode grant : credits.path("grants")) {
      if (grant.path("grantId").asText().equals(grantId)) {
        return grant;
      }
    }
    throw new AssertionError("No grant " + grantId + " in " + credits);
  }

  private static long sum(List<JsonNode> rows, String kind) {
    return rows.stream()
        .filter(row -> row.path("kind").asText().equals(kind))
        .mapToLong(row -> row.path("credits").asLong())
        .sum();
  }

  private static String path(String workspace, String rest) {
    return "/v1/workspaces/" + workspace + "/credits" + rest;
  }
}
