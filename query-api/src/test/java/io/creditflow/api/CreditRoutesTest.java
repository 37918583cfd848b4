package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.events.LeadSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private final Instant now = Instant.now();

  @TempDir Path directory;
  private TestInstance instance;
  private String all;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace("acme", "Acme", "Europe/Berlin")
            .campaign("acme", "c1", "First", LeadSource.CRM)
            .grant("acme", "g1", 100, now.minus(Duration.ofDays(10)), now.plus(Duration.ofDays(20)))
            .workspace("other", "Other", "UTC");
    for (int i = 0; i < 7; i++) {
      localState.lead("acme", "c1", now.minus(Duration.ofHours(i)));
    }
    localState.phone("acme", "=c2", now.minus(Duration.ofHours(1)));
    instance = new TestInstance(localState, jwks);
    all = "Bearer " + KEYS.token("*");
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void creditsSayWhatIsLeft() throws IOException {
    HttpResponse<String> answer = get("/v1/workspaces/acme/credits");

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.get("remaining").asLong()).isEqualTo(92);
    assertThat(body.get("name").asText()).isEqualTo("Acme");
    assertThat(Instant.parse(body.get("asOf").asText())).isAfter(now);
    assertThat(names(body))
        .containsExactly(
            "workspaceId",
            "name",
            "timeZone",
            "remaining",
            "allocated",
            "consumed",
            "overage",
            "expiresAt",
            "daysRemaining",
            "period",
            "grants",
            "runway",
            "asOf");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void fieldsWithoutAValueAreThereAsNull() throws IOException {
    JsonNode body = JSON.readTree(get("/v1/workspaces/other/credits").body());

    assertThat(body.has("period")).isTrue();
    assertThat(body.get("period").isNull()).isTrue();
    assertThat(body.get("daysRemaining").isNull()).isTrue();
  }

  @Test
  void theTagStandsWhileNothingButAsOfChangesAndChangesWithTheNumbers() throws IOException {
    String path = "/v1/workspaces/acme/credits/campaigns";
    HttpResponse<String> first = get(path);
    HttpResponse<String> second = get(path);
    instance.localState.lead("acme", "c1", Instant.now());
    HttpResponse<String> third = get(path);

    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("\"").endsWith("\"").hasSizeGreaterThan(10);
    assertThat(second.headers().firstValue("ETag")).contains(tag);
    assertThat(second.body()).isNotEqualTo(first.body()); // a later asOf
    assertThat(third.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
  }

  @Test
  void aKnownTagIsAnswered304WithItsAge() {
    String path = "/v1/workspaces/acme/credits";
    String tag = get(path).headers().firstValue("ETag").orElseThrow();

    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      HttpResponse<String> answer =
          instance.get(path, "Authorization", all, "If-None-Match", known);
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(Instant.parse(answer.headers().firstValue("Creditflow-As-Of").orElseThrow()))
          .isAfter(now);
      assertThat(answer.headers().firstValue("ETag")).contains(tag);
    }
    assertThat(instance.get(path, "Authorization", all, "If-None-Match", "\"x\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyBadParameterIsNamedAtOnce() throws IOException {
    HttpResponse<String> answer =
        get("/v1/workspaces/acme/credits/history?limit=0&from=2026-02-30&kind=LEAD&x=1&to=a&to=b");

    JsonNode body = JSON.readTree(answer.body());
    List<String> named = new ArrayList<>();
    body.get("errors").forEach(error -> named.add(error.get("parameter").asText()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(named).contains("limit", "from", "kind", "x", "to");
    assertThat(body.get("status").asInt()).isEqualTo(400);
  }

  @Test
  void trendsGoOverSoManyDaysAndNoMore() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(trends(today.minusDays(399), today, "day")).isEqualTo(200);
    assertThat(trends(today.minusDays(400), today, "day")).isEqualTo(400);
    assertThat(trends(today.minusDays(13), today, "hour")).isEqualTo(200);
    assertThat(trends(today.minusDays(14), today, "hour")).isEqualTo(400);
  }

  private int trends(LocalDate from, LocalDate to, String granularity) {
    return get("/v1/workspaces/acme/credits/trends?from=%s&to=%s&granularity=%s"
            .formatted(from, to, granularity))
        .statusCode();
  }

  @Test
  void valuesOutOfRangeAreBadParameters() {
    String base = "/v1/workspaces/acme/credits";
    for (String path :
        List.of(
            base + "?at=yesterday",
            base + "?at=2999-01-01T00:00:00Z",
            base + "?at=2026-01-01T00:00:00+01:00",
            base + "/trends?granularity=DAY",
            base + "/trends?groupBy=lead",
            base + "/trends?from=2026-01-02&to=2026-01-01",
            base + "/trends?granularity=hour&from=2020-01-01&to=2020-01-02",
            base + "/campaigns?status=active",
            base + "/campaigns?sort=quota",
            base + "/campaigns?limit=501",
            base + "/campaigns?cursor=zzz",
            base + "/campaigns/c1?limit=1",
            base + "/history?cursor=zzz",
            base + "/history?campaignId=" + "x".repeat(257),
            base + "/history?limit=%FF",
            base + "/alerts?limit=-1",
            base + "/alerts?inForce=yes",
            base + "/preview?leads=-1",
            base + "/preview?phones=1000000001",
            base + "/preview?leads=1e3",
            base + "/preview?leads=",
            "/v1/workspaces?cursor=%25",
            "/v1/workspaces?cursor=zzz",
            "/openapi.json?x=1",
            "/docs?x=1",
            "/v1/me?x")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("\"errors\":[{\"parameter\"");
    }
  }

  @Test
  void trendsCampaignsHistoryAndAlertsAnswer() throws IOException {
    JsonNode trends =
        JSON.readTree(get("/v1/workspaces/acme/credits/trends?groupBy=campaign").body());
    JsonNode one = JSON.readTree(get("/v1/workspaces/acme/credits/campaigns/c1").body());
    JsonNode odd = JSON.readTree(get("/v1/workspaces/acme/credits/campaigns/%3Dc2").body());
    JsonNode alerts = JSON.readTree(get("/v1/workspaces/acme/credits/alerts").body());

    assertThat(trends.get("total").asLong()).isEqualTo(8);
    assertThat(trends.get("series")).hasSize(2);
    assertThat(one.get("creditsUsed").asLong()).isEqualTo(7);
    assertThat(one.get("points")).hasSize(30);
    assertThat(odd.get("status").asText()).isEqualTo("UNKNOWN");
    assertThat(names(alerts)).containsExactly("items", "nextCursor", "asOf");
  }

  @Test
  void alertsAreThoseInForceOrTheOthersOrAll() throws IOException {
    instance.localState.grant("other", "g", 10, now.minus(Duration.ofHours(1)), null);
    for (int i = 0; i < 10; i++) {
      instance.localState.lead("other", "c", now.minus(Duration.ofMinutes(1)));
    }
    String path = "/v1/workspaces/other/credits/alerts";

    assertThat(alerts(path)).containsExactly("CRITICAL true", "WARNING true", "NOTICE true");
    assertThat(alerts(path + "?inForce=true")).containsExactly("CRITICAL true");
    assertThat(alerts(path + "?inForce=false")).isEmpty();

    instance.localState.grant("other", "more", 1000, now.minus(Duration.ofHours(1)), null);

    assertThat(alerts(path + "?inForce=true")).isEmpty();
    assertThat(alerts(path + "?inForce=false"))
        .containsExactly("RECOVERED false", "CRITICAL false", "WARNING false", "NOTICE false");
  }

  private List<String> alerts(String path) throws IOException {
    List<String> alerts = new ArrayList<>();
    JsonNode page = JSON.readTree(get(path).body());
    page.get("items")
        .forEach(
            item -> alerts.add(item.get("level").asText() + " " + item.get("inForce").asText()));
    return alerts;
  }

  @Test
  void aPreviewSaysWhatWouldBeDrawnAndChangesNothing() throws IOException {
    instance.localState.grant("acme", "g0", 5, now.minus(Duration.ofDays(1)), now.plusSeconds(999));
    String path = "/v1/workspaces/acme/credits/preview";

    assertThat(get(path + "?leads=50&phones=60&campaignId=c1").body())
        .contains(
            "{\"credits\":110,\"covered\":97,\"overage\":13,\"remainingAfter\":0,\"draws\":["
                + "{\"grantId\":\"g1\",\"credits\":97}],"
                + "\"quota\":{\"limit\":1000,\"usedBefore\":7,\"usedAfter\":117},\"asOf\":");
    assertThat(get(path + "?campaignId=new").body())
        .contains("{\"credits\":0,", "\"remainingAfter\":97,\"draws\":[],\"quota\":null,");
    assertThat(JSON.readTree(get("/v1/workspaces/acme/credits").body()).get("remaining").asLong())
        .isEqualTo(97);
  }

  @Test
  void anEventSaysWhatBecameOfIt() throws IOException {
    String lead =
        JSON.readTree(get("/v1/workspaces/acme/credits/history?kind=LEAD_SOURCED&limit=1").body())
            .at("/items/0/id")
            .asText();
    String path = "/v1/workspaces/acme/events?eventId=";
    assertThat(get(path + lead).body())
        .startsWith("{\"eventId\":\"" + lead + "\",\"kind\":\"LEAD_SOURCED\",")
        .contains("\"outcome\":\"APPLIED\",\"reason\":null,", "\"credits\":-1,");

    instance.localState.reverse("acme", lead, "wrong number");

    JsonNode reversed = JSON.readTree(get(path + lead).body());
    assertThat(reversed.get("outcome").asText()).isEqualTo("REVERSED");
    assertThat(reversed.get("credits").asLong()).isZero();
    assertThat(get(path + reversed.get("reversedBy").asText()).body())
        .contains("\"kind\":\"REVERSED\",\"outcome\":\"APPLIED\"")
        .contains("\"campaignId\":\"c1\"", "\"reversedEventId\":\"" + lead + "\"");
    assertThat(get(path + "nothing").statusCode()).isEqualTo(404);
    assertThat(get("/v1/workspaces/acme/events").statusCode()).isEqualTo(400);
  }

  @Test
  void historyIsWalkedByItsCursor() throws IOException {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      String path = "/v1/workspaces/acme/credits/history?limit=2";
      JsonNode page =
          JSON.readTree(get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).body());
      page.get("items").forEach(item -> ids.add(item.get("id").asText()));
      cursor = page.get("nextCursor").isNull() ? null : page.get("nextCursor").asText();
    }

    assertThat(ids).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void historyAsCsvIsTheWholeRangeAndHarmlessInASpreadsheet() throws IOException {
    for (int i = 0; i < 2600; i++) {
      instance.localState.lead("acme", "c1", now.minus(Duration.ofMinutes(i)));
    }
    HttpResponse<String> answer =
        instance.get(
            "/v1/workspaces/acme/credits/history?limit=3",
            "Authorization",
            all,
            "Accept",
            "text/csv");

    List<String> lines = answer.body().lines().toList();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(answer.headers().firstValue("Creditflow-As-Of")).isPresent();
    assertThat(lines).hasSize(1 + 2600 + 9);
    assertThat(lines.get(0)).startsWith("id,kind,occurredAt,localTime,campaignId");
    assertThat(answer.body()).contains(",\"'=c2\",").doesNotContain(",=c2");
    assertThat(lines.get(1)).contains(",-1,");
  }

  @Test
  void historyIsThatOfOneLeadAndItsCsvHasTheWorkspacesTime() throws IOException {
    String day = now.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    instance.localState.workspace("berlin", "Berlin", "Asia/Kathmandu");
    instance.localState.lead("berlin", "c", Instant.parse(day + "T00:00:00Z"));
    String path = "/v1/workspaces/berlin/credits/history";
    String lead = JSON.readTree(get(path).body()).at("/items/0/leadId").asText();

    assertThat(csv(path)).contains("," + day + "T00:00:00Z," + day + "T05:45:00+05:45,c,");
    assertThat(JSON.readTree(get(path + "?leadId=" + lead).body()).get("items")).hasSize(1);
    assertThat(JSON.readTree(get(path + "?leadId=nobody").body()).get("items")).isEmpty();
  }

  @Test
  void trendsAndCampaignsAsCsvAreWhole() throws IOException {
    for (int i = 0; i < 25; i++) {
      instance.localState.lead("other", "c" + i, now);
    }
    String trends = "/v1/workspaces/other/credits/trends?groupBy=campaign&from=%s&to=%<s";
    String day = now.toString().substring(0, 10);
    JsonNode series = JSON.readTree(get(trends.formatted(day)).body()).get("series");
    assertThat(series).hasSize(21);
    assertThat(series.get(20).get("key").isNull()).isTrue();
    assertThat(series.get(20).get("rest").asBoolean()).isTrue();
    assertThat(series.get(20).get("total").asLong()).isEqualTo(5);

    assertThat(csv(trends.formatted(day)).lines())
        .hasSize(26)
        .startsWith("key,label,start,credits,leadsSourced,phonesRevealed,remaining")
        .contains("c24,c24," + day + ",1,1,0,");
    assertThat(csv("/v1/workspaces/other/credits/campaigns?limit=2").lines()).hasSize(26);
    assertThat(csv("/v1/workspaces/acme/credits/campaigns?sort=name&search=First").lines())
        .hasSize(2)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("campaignId,name,source,status,creditsUsed,leadsSourced,phonesRevealed,quota,");
    assertThat(csv("/v1/workspaces/acme/credits/campaigns"))
        .contains("\r\n\"'=c2\",,,UNKNOWN,1,0,1,");
  }

  @Test
  void csvHasAColumnForEachFieldOfAnItem() throws IOException {
    for (String list : List.of("history", "campaigns")) {
      String path = "/v1/workspaces/acme/credits/" + list;
      List<String> columns = List.of(csv(path).lines().findFirst().orElseThrow().split(","));

      assertThat(columns).containsAll(names(JSON.readTree(get(path).body()).at("/items/0")));
    }
    List<Integer> lengths =
        csv("/v1/workspaces/acme/credits/history")
            .lines()
            .map(line -> line.split(",", -1).length)
            .distinct()
            .toList();
    assertThat(lengths).as("as many values in each line as columns").hasSize(1);
  }

  private String csv(String path) {
    HttpResponse<String> answer = instance.get(path, "Authorization", all, "Accept", "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Creditflow-As-Of")).isPresent();
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).contains(".csv");
    return answer.body();
  }

  @Test
  void aCampaignThatNoPathCanCarryIsAskedForByQuery() throws IOException {
    instance.localState.lead("acme", "..", now);
    JsonNode items =
        JSON.readTree(get("/v1/workspaces/acme/credits/campaigns?campaignId=..").body())
            .get("items");

    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("campaignId").asText()).isEqualTo("..");
    assertThat(items.get(0).get("points")).hasSize(30);
    assertThat(
            JSON.readTree(get("/v1/workspaces/acme/credits/campaigns?campaignId=.").body())
                .get("items"))
        .isEmpty();
  }

  @Test
  void aCsvThatCannotBeFinishedBreaksOffRatherThanLookWhole() {
    for (int i = 0; i < 4000; i++) {
      instance.localState.lead("acme", "c1", now.minus(Duration.ofMinutes(i)));
    }
    instance.localState.failAfter(6);

    assertThatThrownBy(
            () ->
                instance.get(
                    "/v1/workspaces/acme/credits/history",
                    "Authorization",
                    all,
                    "Accept",
                    "text/csv"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aShortCsvHasATagThatCanBeMatched() {
    String path = "/v1/workspaces/acme/credits/history";
    String tag =
        instance
            .get(path, "Authorization", all, "Accept", "text/csv")
            .headers()
            .firstValue("ETag")
            .orElseThrow();

    assertThat(
            instance
                .get(path, "Authorization", all, "Accept", "text/csv", "If-None-Match", tag)
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void workspacesAreThoseTheTokenMaySee() throws IOException {
    JsonNode everything = JSON.readTree(get("/v1/workspaces").body());
    JsonNode first = JSON.readTree(get("/v1/workspaces?limit=1").body());
    JsonNode second =
        JSON.readTree(
            get("/v1/workspaces?limit=1&cursor=" + first.get("nextCursor").asText()).body());
    JsonNode own =
        JSON.readTree(
            instance
                .get("/v1/workspaces", "Authorization", "Bearer " + KEYS.token("other", "nowhere"))
                .body());

    assertThat(ids(everything)).containsExactly("acme", "other");
    assertThat(ids(first)).containsExactly("acme");
    assertThat(ids(second)).containsExactly("other");
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(ids(own)).containsExactly("other");
  }

  @Test
  void unknownWorkspacesAndCampaignsAre404ForAStarToken() {
    assertThat(get("/v1/workspaces/nowhere/credits").statusCode()).isEqualTo(404);
    assertThat(get("/v1/workspaces/acme/credits/campaigns/none").statusCode()).isEqualTo(404);
    assertThat(get("/v1/workspaces/" + "x".repeat(300) + "/credits").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) {
    return instance.get(path, "Authorization", all);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("items").forEach(item -> ids.add(item.get("workspaceId").asText()));
    return ids;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
