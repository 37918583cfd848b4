package io.creditflow.quickstart.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.events.LeadSourced;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSchemaRegistryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONE_FIELD =
      "{\"type\":\"record\",\"name\":\"Lead\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";
  private static final String OPTIONAL_FIELD_ADDED =
      "{\"type\":\"record\",\"name\":\"Lead\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},"
          + "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
  private static final String REQUIRED_FIELD_ADDED =
      "{\"type\":\"record\",\"name\":\"Lead\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},"
          + "{\"name\":\"note\",\"type\":\"string\"}]}";

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private LocalSchemaRegistry registry;

  @BeforeEach
  void start() {
    registry = LocalSchemaRegistry.start(directory.resolve("schemas.json"), 0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void takesTheRegistrationOfAProducerWithDefaultSettings() throws Exception {
    int shipped = register("lead-sourced-value", LeadSourced.getClassSchema().toString());

    JsonNode again =
        ok(
            "POST",
            "/subjects/lead-sourced-value/versions?normalize=false",
            schema(LeadSourced.getClassSchema().toString()));
    assertThat(again.path("id").asInt()).isEqualTo(shipped);

    // As written by a producer whose classes were generated with other settings.
    String bare =
        LeadSourced.getClassSchema()
            .toString()
            .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
    JsonNode other = ok("POST", "/subjects/lead-sourced-value/versions", schema(bare));
    JsonNode stored = ok("GET", "/schemas/ids/" + other.path("id").asInt(), "");
    assertThat(new Schema.Parser().parse(stored.path("schema").asText()))
        .isEqualTo(new Schema.Parser().parse(bare));
  }

  @Test
  void givesOneIdToOneSchemaWhateverItsWhiteSpaceAndSubject() throws Exception {
    int first = register("a-value", ONE_FIELD);
    assertThat(register("a-value", "  " + ONE_FIELD.replace(",", " , "))).isEqualTo(first);
    assertThat(register("b-value", ONE_FIELD)).isEqualTo(first);
    assertThat(register("b-value", "\"string\"", 409)).isEqualTo(409);
    assertThat(register("c-value", "\"string\"")).isNotEqualTo(first);

    assertThat(ok("GET", "/subjects", "")).hasToString("[\"a-value\",\"b-value\",\"c-value\"]");
    assertThat(ok("GET", "/schemas/ids/" + first + "/subjects", ""))
        .hasToString("[\"a-value\",\"b-value\"]");
    assertThat(ok("GET", "/schemas/ids/" + first + "/schema", ""))
        .isEqualTo(JSON.readTree(ONE_FIELD));
  }

  @Test
  void takesANewVersionOnlyIfItCanReadTheLatest() throws Exception {
    int first = register("lead-value", ONE_FIELD);
    int second = register("lead-value", OPTIONAL_FIELD_ADDED);
    assertThat(second).isNotEqualTo(first);
    assertThat(register("lead-value", REQUIRED_FIELD_ADDED, 409)).isEqualTo(409);

    assertThat(ok("GET", "/subjects/lead-value/versions", "")).hasToString("[1,2]");
    assertThat(ok("GET", "/subjects/lead-value/versions/latest", "").path("id").asInt())
        .isEqualTo(second);
    assertThat(ok("GET", "/subjects/lead-value/versions/1", "").path("id").asInt())
        .isEqualTo(first);
    String outcome = "/compatibility/subjects/lead-value/versions/latest";
    assertThat(ok("POST", outcome, schema(REQUIRED_FIELD_ADDED)).path("is_compatible").asBoolean())
        .isFalse();
    assertThat(ok("POST", outcome, schema(ONE_FIELD)).path("is_compatible").asBoolean()).isTrue();
  }

  @Test
  void normalizingOverlooksDocumentation() throws Exception {
    int first = register("lead-value", ONE_FIELD);
    String documented = ONE_FIELD.replace("\"fields\"", "\"doc\":\"A lead.\",\"fields\"");
    JsonNode same = ok("POST", "/subjects/lead-value/versions?normalize=true", schema(documented));
    assertThat(same.path("id").asInt()).isEqualTo(first);
    assertThat(register("lead-value", documented)).isNotEqualTo(first);
  }

  @Test
  void looksUpASchemaWithoutRegisteringIt() throws Exception {
    register("lead-value", ONE_FIELD);
    JsonNode found = ok("POST", "/subjects/lead-value", schema(ONE_FIELD));
    assertThat(found.path("version").asInt()).isEqualTo(1);
    assertRefused(404, 40403, "POST", "/subjects/lead-value", schema(OPTIONAL_FIELD_ADDED));
    assertRefused(404, 40401, "POST", "/subjects/other-value", schema(ONE_FIELD));
  }

  @Test
  void refusesWithTheCodesThatClientsLookFor() throws Exception {
    register("lead-value", ONE_FIELD);
    assertRefused(404, 40403, "GET", "/schemas/ids/77", "");
    assertRefused(404, 40401, "GET", "/subjects/none/versions", "");
    assertRefused(404, 40402, "GET", "/subjects/lead-value/versions/9", "");
    assertRefused(422, 42202, "GET", "/subjects/lead-value/versions/first", "");
    assertRefused(422, 42201, "POST", "/subjects/x/versions", schema("{\"type\":\"nonsense\"}"));
    assertRefused(422, 42203, "PUT", "/config", "{\"compatibility\":\"NONE\"}");
    assertRefused(400, 400, "POST", "/subjects/x/versions", "{");
    assertRefused(405, 405, "DELETE", "/subjects/lead-value/versions/1", "");
    assertRefused(404, 404, "GET", "/elsewhere", "");
  }

  @Test
  void keepsIdsOverARestart() throws Exception {
    int first = register("lead-value", ONE_FIELD);
    stop();
    start();
    int second = register("lead-value", OPTIONAL_FIELD_ADDED);
    assertThat(register("lead-value", ONE_FIELD)).isEqualTo(first);
    assertThat(second).isGreaterThan(first);
    assertThat(ok("GET", "/config", "").path("compatibilityLevel").asText()).isEqualTo("BACKWARD");
  }

  private int register(String subject, String schema) throws Exception {
    return ok("POST", "/subjects/" + subject + "/versions", schema(schema)).path("id").asInt();
  }

  private int register(String subject, String schema, int status) throws Exception {
    HttpResponse<String> response =
        send("POST", "/subjects/" + subject + "/versions", schema(schema));
    assertThat(response.statusCode()).isEqualTo(status);
    return JSON.readTree(response.body()).path("error_code").asInt();
  }

  private void assertRefused(int status, int code, String method, String path, String body)
      throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error_code").asInt()).isEqualTo(code);
  }

  private JsonNode ok(String method, String path, String body) throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.schemaregistry.v1+json");
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String schema(String schema) throws Exception {
    return JSON.writeValueAsString(Map.of("schema", schema));
  }
}
