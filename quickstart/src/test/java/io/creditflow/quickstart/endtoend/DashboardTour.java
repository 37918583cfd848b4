package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A walk through every page of one workspace: what is shown is what the API says. */
final class DashboardTour {
  /** A poll of the page, twice. */
  private static final Duration A_POLL = Duration.ofSeconds(12);

  private final DashboardPage page;
  private final ApiClient api;
  private final String url;
  private final String workspaceId;
  private final NumberFormat numbers;

  /**
   * @param locale in which the reader's numbers are written
   */
  DashboardTour(DashboardPage page, ApiClient api, String url, String workspaceId, Locale locale) {
    this.page = page;
    this.api = api;
    this.url = url;
    this.workspaceId = workspaceId;
    this.numbers = NumberFormat.getInstance(locale);
  }

  /** Each panel as one first sees it. */
  void throughEveryPage() throws Exception {
    campaigns();
    credits();
    campaign();
    history();
    nothingIsAmiss();
  }

  /** What people may choose: groups, hours, the table, sort, search, filters; all by address. */
  void throughEveryView() throws Exception {
    for (String groupBy : List.of("campaign", "kind", "source")) {
      trends("&by=" + groupBy, "day", groupBy);
      assertThat(page.attributes(".legend [data-key]", "data-key"))
          .isEqualTo(texts(series("day", groupBy), "key"));
    }
    trends("&range=7d&hours=1", "hour", "none");
    comparisonAndBalance();
    table();
    campaignsBy("sort=name");
    campaignsBy("sort=-lastActivityAt&status=ACTIVE");
    campaignsBy("search=campaign-2");
    historyBy("kind=GRANTED");
    historyBy("kind=PHONE_REVEALED&campaignId=campaign-3");
    nothingIsAmiss();
  }

  /** The spike among the alerts, marked at its hour, on its day and on the campaign's own page. */
  void toTheSpikeOf(String campaignId) throws Exception {
    Await.until(
        "a spike of " + campaignId,
        A_POLL,
        () ->
            list(api.json(path("/alerts")).get("items")).stream()
                .anyMatch(
                    alert ->
                        alert.get("kind").asText().equals("SPIKE")
                            && alert.get("campaignId").asText("").equals(campaignId)));
    for (String view :
        List.of(
            "&page=settings/credits&range=7d",
            "&page=settings/credits&range=7d&hours=1",
            "&page=campaign&campaign=" + campaignId)) {
      show(view, "path.chart-spike");
      assertThat(page.attributes(".chart-bucket", "aria-label"))
          .as(view)
          .filteredOn(said -> said.contains("would be usual"))
          .hasSize(1);
    }
    nothingIsAmiss();
  }

  private void campaigns() throws Exception {
    show("", "tr[data-campaign]");
    List<JsonNode> items = list(api.json(path("/campaigns")).get("items"));
    assertThat(page.attributes("tr[data-campaign]", "data-campaign"))
        .isEqualTo(texts(items, "campaignId"));
    assertThat(page.attributes("tr[data-campaign] .strong", "data-value"))
        .isEqualTo(texts(items, "creditsUsed"));
    assertThat(page.texts(".campaign-link bdi"))
        .isEqualTo(items.stream().map(DashboardTour::nameOf).toList());
  }

  private void credits() throws Exception {
    show("&page=settings/credits", ".chart-bucket");
    JsonNode credits = api.json(path(""));
    assertThat(page.attributes(".balance-number", "data-value"))
        .containsExactly(credits.get("remaining").asText());
    assertThat(page.text(".balance-number"))
        .isEqualTo(numbers.format(credits.get("remaining").asLong()));
    assertThat(page.attributes("[data-allocated]", "data-allocated"))
        .containsExactly(credits.get("allocated").asText());
    assertThat(page.attributes("[data-grant]", "data-grant"))
        .containsExactlyInAnyOrderElementsOf(texts(list(credits.get("grants")), "grantId"));
    long overage = credits.get("overage").asLong();
    assertThat(page.attributes("[data-overage]", "data-overage"))
        .isEqualTo(overage == 0 ? List.of() : List.of(String.valueOf(overage)));
    alerts();
    trendsAreThoseOf("day", "none");
    assertThat(page.attributes(".chart-bucket", "data-start")).hasSize(30);
    Await.until("runway and projections of the same minute", A_POLL, this::looksAhead);
  }

  /** These move with the clock, so page and API must have looked in the same minute. */
  private boolean looksAhead() throws Exception {
    JsonNode runway = api.json(path("")).get("runway");
    List<JsonNode> items = list(api.json(path("/campaigns")).get("items"));
    List<String> reasons =
        items.stream()
            .map(item -> item.get("projectionReason").asText("").toLowerCase(Locale.ROOT))
            .toList();
    List<String> shown =
        page.texts("tr[data-campaign] td:last-child").stream()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .toList();
    return page.attributes(".runway-line time", "datetime").equals(given(runway.get("depletesAt")))
        && page.attributes("tr[data-campaign] td:last-child [data-value]", "data-value")
            .equals(
                items.stream().flatMap(item -> given(item.get("projectedUsage")).stream()).toList())
        && shown.size() == reasons.size()
        && IntStream.range(0, shown.size()).allMatch(i -> shown.get(i).contains(reasons.get(i)));
  }

  /** Shown is what the API says is in force, the most urgent of it at first. */
  private void alerts() throws Exception {
    List<String> inForce =
        texts(list(api.json(path("/alerts?inForce=true")).get("items")), "alertId");
    List<String> shown = page.attributes("[data-alert]", "data-alert");
    assertThat(shown).isSubsetOf(inForce);
    assertThat(shown.isEmpty()).isEqualTo(inForce.isEmpty());
  }

  private void campaign() throws Exception {
    show("&page=campaign&campaign=campaign-1", ".chart-bucket");
    JsonNode campaign = api.json(path("/campaigns/campaign-1"));
    assertThat(page.texts("h1 bdi")).containsExactly(nameOf(campaign));
    assertThat(page.attributes(".tile-value [data-value]", "data-value").get(0))
        .isEqualTo(campaign.get("creditsUsed").asText());
    assertThat(page.attributes(".chart-bucket", "data-credits"))
        .isEqualTo(texts(list(campaign.get("points")), "credits"));
  }

  private void history() throws Exception {
    show("&page=settings/credits/history", "[data-row]");
    List<JsonNode> rows = historyIs("");
    String newest =
        Instant.parse(rows.get(0).get("occurredAt").asText())
            .atZone(TestLoad.ZONES.get(workspaceId))
            .toLocalDate()
            .toString();
    assertThat(page.attributes("tbody[data-day]", "data-day").get(0)).isEqualTo(newest);
  }

  private void trends(String more, String granularity, String groupBy) throws Exception {
    show("&page=settings/credits" + more, ".chart-bucket");
    trendsAreThoseOf(granularity, groupBy);
  }

  private void trendsAreThoseOf(String granularity, String groupBy) throws Exception {
    List<JsonNode> series = series(granularity, groupBy);
    List<String> starts = page.attributes(".chart-bucket", "data-start");
    assertThat(starts).isEqualTo(texts(list(series.get(0).get("points")), "start"));
    List<String> sums = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long sum = 0;
      for (JsonNode one : series) {
        sum += one.get("points").get(i).get("credits").asLong();
      }
      sums.add(String.valueOf(sum));
    }
    assertThat(page.attributes(".chart-bucket", "data-credits")).isEqualTo(sums);
    assertThat(page.attributes("[data-total]", "data-total"))
        .containsExactly(
            String.valueOf(series.stream().mapToLong(one -> one.get("total").asLong()).sum()));
  }

  /** The series of the days that the page shows. */
  private List<JsonNode> series(String granularity, String groupBy) throws Exception {
    List<String> starts = page.attributes(".chart-bucket", "data-start");
    String range =
        granularity.equals("day")
            ? "from=" + starts.get(0) + "&to=" + starts.get(starts.size() - 1)
            : "from=" + dayOf(starts.get(0)) + "&to=" + dayOf(starts.get(starts.size() - 1));
    return list(
        api.json(path("/trends?" + range + "&granularity=" + granularity + "&groupBy=" + groupBy))
            .get("series"));
  }

  private String dayOf(String instant) {
    return Instant.parse(instant).atZone(TestLoad.ZONES.get(workspaceId)).toLocalDate().toString();
  }

  private void comparisonAndBalance() throws Exception {
    show("&page=settings/credits&range=7d&compare=1&balance=1", ".chart-previous");
    List<String> spoken = page.attributes(".chart-bucket", "aria-label");
    List<JsonNode> points = list(series("day", "none").get(0).get("points"));
    for (int i = 0; i < points.size(); i++) {
      assertThat(spoken.get(i))
          .contains(numbers.format(points.get(i).get("credits").asLong()) + " credit")
          .contains("balance " + numbers.format(points.get(i).get("remaining").asLong()))
          .contains("previous period");
    }
  }

  private void table() throws Exception {
    show("&page=settings/credits&range=7d", ".chart-bucket");
    List<String> charted = page.attributes(".chart-bucket", "data-credits");
    show("&page=settings/credits&range=7d&view=table", ".table-scroll tbody tr");
    assertThat(page.texts(".table-scroll tbody td:nth-child(2)"))
        .isEqualTo(charted.stream().map(Long::valueOf).map(numbers::format).toList());
  }

  private void campaignsBy(String query) throws Exception {
    show("&" + query.replace("search=", "q="), "tr[data-campaign]");
    assertThat(page.attributes("tr[data-campaign]", "data-campaign"))
        .isNotEmpty()
        .isEqualTo(texts(list(api.json(path("/campaigns?" + query)).get("items")), "campaignId"));
  }

  private void historyBy(String query) throws Exception {
    show(
        "&page=settings/credits/history&" + query.replace("campaignId=", "campaign="),
        "[data-row]");
    historyIs("?" + query);
  }

  private List<JsonNode> historyIs(String query) throws Exception {
    List<JsonNode> rows = list(api.json(path("/history" + query)).get("items"));
    int size = rows.size();
    assertThat(page.attributes("[data-row]", "data-row").subList(0, size))
        .isEqualTo(texts(rows, "id"));
    assertThat(page.attributes("[data-credits]", "data-credits").subList(0, size))
        .isEqualTo(texts(rows, "credits"));
    assertThat(page.attributes("[data-balance]", "data-balance").subList(0, size))
        .isEqualTo(texts(rows, "balanceAfter"));
    return rows;
  }

  private void show(String query, String css) throws Exception {
    page.show(url + "/?w=" + workspaceId + query, css);
    assertThat(page.tooWideBy()).as("sideways scroll of " + query).isZero();
  }

  private void nothingIsAmiss() {
    assertThat(page.complaints()).as("the console").isEmpty();
    assertThat(page.askedElsewhere(url)).as("asked of others").isEmpty();
  }

  private String path(String rest) {
    return "/v1/workspaces/" + workspaceId + "/credits" + rest;
  }

  private static String nameOf(JsonNode campaign) {
    return campaign.get(campaign.get("name").isNull() ? "campaignId" : "name").asText();
  }

  /** Nothing for null. */
  private static List<String> given(JsonNode value) {
    return value.isNull() ? List.of() : List.of(value.asText());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<String> texts(List<JsonNode> items, String field) {
    return items.stream().map(item -> item.get(field).asText()).toList();
  }
}
