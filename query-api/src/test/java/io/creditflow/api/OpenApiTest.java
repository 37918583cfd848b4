package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.api.health.Readiness;
import io.creditflow.events.LeadSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the OpenAPI document and the server against each other. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final Set<String> NOT_API =
      Set.of("/docs", "/docs/style.css", "/openapi.json", "/config.json");

  @TempDir Path directory;
  private TestInstance instance;
  private JsonNode document;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    Instant now = Instant.now();
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace("acme", "Acme", "America/New_York")
            .campaign("acme", "c1", "First", LeadSource.CRM)
            .grant("acme", "g1", 100, now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9)))
            .grant("acme", "g2", 5, now.plus(Duration.ofDays(1)), null)
            .grant("acme", "g3", 9, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(3)))
            .lead("acme", "c1", now.minus(Duration.ofHours(2)))
            .phone("acme", "c2", now.minus(Duration.ofHours(1)))
            .workspace("empty", "Empty", "UTC");
    instance = new TestInstance(localState, jwks);
    document = JSON.readTree(instance.get("/openapi.json").body());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void everyRouteIsInTheDocumentAndTheOtherWayRound() {
    Set<String> documented = new TreeSet<>();
    document.get("paths").fieldNames().forEachRemaining(documented::add);
    Set<String> served = new TreeSet<>(instance.http.publicPaths());
    served.removeIf(
        path ->
            NOT_API.contains(path) || !(path.startsWith("/v1/") || path.startsWith("/health/")));

    assertThat(served).isEqualTo(documented);
  }

  @Test
  void everyAnswerIsAsDocumented() throws IOException {
    String all = token(List.of("*"), List.of("credits:read", "ops:read"));
    String base = "/v1/workspaces/{w}/credits";
    List<String[]> requests = new ArrayList<>();
    for (String w : List.of("acme", "empty")) {
      String at = "/v1/workspaces/" + w + "/credits";
      requests.add(new String[] {base, at});
      requests.add(new String[] {base, at + "?at=2026-01-01T00:00:00Z"});
      for (String query : List.of("", "?groupBy=campaign", "?groupBy=kind", "?groupBy=source")) {
        requests.add(new String[] {base + "/trends", at + "/trends" + query});
      }
      requests.add(new String[] {base + "/trends", at + hourly()});
      requests.add(new String[] {base + "/campaigns", at + "/campaigns?sort=name&limit=1"});
      requests.add(new String[] {base + "/campaigns", at + "/campaigns?campaignId=c1"});
      requests.add(new String[] {base + "/history", at + "/history?limit=2"});
      for (String query : List.of("", "?inForce=true", "?inForce=false&limit=1")) {
        requests.add(new String[] {base + "/alerts", at + "/alerts" + query});
      }
      for (String query : List.of("", "?leads=90&phones=9&campaignId=c1")) {
        requests.add(new String[] {base + "/preview", at + "/preview" + query});
      }
    }
    requests.add(
        new String[] {base + "/campaigns/{c}", "/v1/workspaces/acme/credits/campaigns/c1"});
    requests.add(
        new String[] {base + "/campaigns/{c}", "/v1/workspaces/acme/credits/campaigns/c2"});
    for (int event = 0; event < 7; event++) {
      String id = List.of("w0", "c1", "g2", "g3", "g4", "l5", "p6").get(event);
      requests.add(
          new String[] {"/v1/workspaces/{w}/events", "/v1/workspaces/acme/events?eventId=" + id});
    }
    requests.add(new String[] {"/v1/me", "/v1/me"});
    requests.add(new String[] {"/v1/workspaces", "/v1/workspaces?limit=1"});
    requests.add(new String[] {"/health/live", "/health/live"});
    requests.add(new String[] {"/health/ready", "/health/ready"});
    Set<String> answered = new HashSet<>();
    for (String[] request : requests) {
      HttpResponse<String> answer = instance.get(request[1], "Authorization", all);
      assertThat(answer.statusCode()).as(request[1] + answer.body()).isEqualTo(200);
      assertValid(request[0], answer);
      answered.add(request[0]);
    }
    assertThat(answered)
        .containsAll(
            instance.http.publicPaths().stream()
                .filter(path -> path.startsWith("/v1/workspaces"))
                .toList());
  }

  private static String hourly() {
    String day = Instant.now().minus(Duration.ofDays(1)).toString().substring(0, 10);
    return "/trends?granularity=hour&from=" + day + "&to=" + day;
  }

  @Test
  void everyErrorIsAsDocumented() throws IOException {
    String all = token(List.of("*"), List.of("credits:read", "ops:read"));
    String none = token(List.of(), List.of());
    instance.report = new Readiness.Report(false, "STARTING", Map.of());
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      String address = path.getKey().replace("{w}", "acme").replace("{c}", "c1");
      assertValid(path.getKey(), instance.get(address + "?nonsense=1", "Authorization", all));
      if (path.getKey().startsWith("/v1/")) {
        assertValid(path.getKey(), instance.get(address));
        if (!path.getKey().equals("/v1/me")) {
          assertValid(path.getKey(), instance.get(address, "Authorization", none));
        }
        String elsewhere = path.getKey().replace("{w}", "nowhere").replace("{c}", "c1");
        if (!elsewhere.equals(path.getKey())) {
          assertValid(path.getKey(), instance.get(elsewhere, "Authorization", all));
        }
      }
    }
    assertValid("/health/ready", instance.get("/health/ready"));
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      instance.localState.takeAway(p);
    }
    for (String path : List.of("/v1/workspaces/{w}/credits", "/v1/ops/lag")) {
      HttpResponse<String> answer = instance.get(path.replace("{w}", "acme"), "Authorization", all);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertValid(path, answer);
    }
    assertValid("/v1/workspaces", instance.get("/v1/workspaces", "Authorization", all));
  }

  @Test
  void theReadablePageNamesEveryCallAndLoadsNothingFromOutside() {
    HttpResponse<String> page = instance.get("/docs");

    document
        .get("paths")
        .fieldNames()
        .forEachRemaining(path -> assertThat(page.body()).contains("<code>" + path + "</code>"));
    assertThat(page.body()).doesNotContain("<script").doesNotContain("http://");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(instance.get("/docs/style.css").statusCode()).isEqualTo(200);
  }

  private void assertValid(String path, HttpResponse<String> answer) throws IOException {
    String status = Integer.toString(answer.statusCode());
    JsonNode response = document.get("paths").get(path).at("/get/responses").get(status);
    assertThat(response).as(path + " answers " + status + ": " + answer.body()).isNotNull();
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asText().substring(1));
    }
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    JsonNode content = response.path("content").path(type);
    assertThat(content.has("schema")).as(path + " " + status + " as " + type).isTrue();
    Set<ValidationMessage> faults =
        schema(content.get("schema")).validate(JSON.readTree(answer.body()));
    assertThat(faults).as(path + ": " + answer.body()).isEmpty();
  }

  /** A schema of the document, with the document's other schemas beside it. */
  private JsonSchema schema(JsonNode schema) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  private static String token(List<String> workspaces, List<String> permissions) {
    return "Bearer " + KEYS.token(TestKeys.claims(workspaces, permissions));
  }
}
