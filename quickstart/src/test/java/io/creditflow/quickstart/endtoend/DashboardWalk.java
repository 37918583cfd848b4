package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** A walk through every page of one workspace: what is shown is what the API says. */
final class DashboardWalk {
  private final Dashboard page;
  private final Api api;
  private final String url;
  private final Locale locale;

  DashboardWalk(Dashboard page, Api api, String url, Locale locale) {
    this.page = page;
    this.api = api;
    this.url = url;
    this.locale = locale;
  }

  void through(String workspaceId) throws Exception {
    campaigns(workspaceId);
    credits(workspaceId);
    campaign(workspaceId);
    history(workspaceId);
    assertThat(page.complaints()).as("the console").isEmpty();
    assertThat(page.askedElsewhere(url)).isEmpty();
  }

  private void campaigns(String workspaceId) throws Exception {
    page.show(url + "/?w=" + workspaceId, "tr[data-campaign]");
    var items = list(api.get(path(workspaceId, "/campaigns")).get("items"));
    assertThat(page.values("tr[data-campaign]", "data-campaign"))
        .isEqualTo(texts(items, "campaignId"));
    assertThat(page.values("tr[data-campaign] .strong", "data-value"))
        .isEqualTo(texts(items, "creditsUsed"));
    assertFits();
  }

  private void credits(String workspaceId) throws Exception {
    page.show(url + "/?w=" + workspaceId + "&page=settings/credits&balance=1", ".chart-bucket");
    JsonNode credits = api.get(path(workspaceId, ""));
    assertThat(page.values(".balance-number", "data-value"))
        .containsExactly(credits.get("remaining").asText());
    assertThat(page.text(".balance-number"))
        .isEqualTo(NumberFormat.getInstance(locale).format(credits.get("remaining").asLong()));
    assertThat(page.values("[data-allocated]", "data-allocated"))
        .containsExactly(credits.get("allocated").asText());
    assertThat(page.values("[data-grant]", "data-grant"))
        .containsExactlyInAnyOrderElementsOf(texts(list(credits.get("grants")), "grantId"));
    long overage = credits.get("overage").asLong();
    assertThat(page.values("[data-overage]", "data-overage"))
        .isEqualTo(overage == 0 ? List.of() : List.of(String.valueOf(overage)));
    var days = page.values(".chart-bucket", "data-start");
    JsonNode trends =
        api.get(
            path(workspaceId, "/trends")
                + "?from="
                + days.get(0)
                + "&to="
                + days.get(days.size() - 1));
    var points = list(trends.get("series").get(0).get("points"));
    assertThat(days).isEqualTo(texts(points, "start")).hasSize(30);
    assertThat(page.values(".chart-bucket", "data-credits")).isEqualTo(texts(points, "credits"));
    assertThat(page.values("[data-total]", "data-total"))
        .containsExactly(trends.get("total").asText());
    assertFits();
  }

  private void campaign(String workspaceId) throws Exception {
    page.show(url + "/?w=" + workspaceId + "&page=campaign&campaign=campaign-1", ".chart-bucket");
    JsonNode campaign = api.get(path(workspaceId, "/campaigns/campaign-1"));
    assertThat(page.text("h1")).isEqualTo(campaign.get("name").asText());
    assertThat(page.values(".tile-value [data-value]", "data-value").get(0))
        .isEqualTo(campaign.get("creditsUsed").asText());
    assertThat(page.values(".chart-bucket", "data-credits"))
        .isEqualTo(texts(list(campaign.get("points")), "credits"));
    assertFits();
  }

  private void history(String workspaceId) throws Exception {
    page.show(url + "/?w=" + workspaceId + "&page=settings/credits/history", "[data-row]");
    var rows = list(api.get(path(workspaceId, "/history")).get("items"));
    assertThat(page.values("[data-row]", "data-row").subList(0, rows.size()))
        .isEqualTo(texts(rows, "id"));
    assertThat(page.values("[data-credits]", "data-credits").subList(0, rows.size()))
        .isEqualTo(texts(rows, "credits"));
    assertThat(page.values("[data-balance]", "data-balance").subList(0, rows.size()))
        .isEqualTo(texts(rows, "balanceAfter"));
    var shownDays = page.values("tbody[data-day]", "data-day");
    String newest =
        Instant.parse(rows.get(0).get("occurredAt").asText())
            .atZone(Load.ZONES.get(workspaceId))
            .toLocalDate()
            .toString();
    assertThat(shownDays.get(0)).isEqualTo(newest);
    assertFits();
  }

  private void assertFits() {
    assertThat(page.tooWideBy()).as("sideways scroll").isZero();
  }

  private static String path(String workspaceId, String rest) {
    return "/v1/workspaces/" + workspaceId + "/credits" + rest;
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<String> texts(List<JsonNode> items, String field) {
    var texts = new ArrayList<String>();
    items.forEach(item -> texts.add(item.get(field).asText()));
    return texts;
  }
}
