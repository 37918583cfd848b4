package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditflow.events.LeadSourced;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.UnresponsiveServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpSchemaRegistryTest {
  private static final Schema LEAD = LeadSourced.getClassSchema();
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final String TEXT = "\"string\"";

  private FakeRegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeRegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatWasRegisteredIsFoundByItsIdAndAskedForOnce() {
    int id = registry().register("lead-sourced-value", LEAD);
    HttpSchemaRegistry other = registry();

    assertThat(other.schemaById(id)).isEqualTo(SourceSchema.of(LEAD));
    assertThat(other.schemaById(id)).isSameAs(other.schemaById(id));
    assertThat(server.requests())
        .containsExactly("POST /subjects/lead-sourced-value/versions", "GET /schemas/ids/" + id);
  }

  @Test
  void theRegisteredSchemaIsThePlainOneWithoutJavaProperties() {
    int id = registry().register("s", LEAD);

    assertThat(LEAD.toString()).contains("avro.java.string");
    assertThat(registry().schemaById(id).toString())
        .doesNotContain("avro.java.string")
        .contains("Counts once per workspace");
  }

  @Test
  void worksBehindABasePathAndWithStrangeSubjects() throws IOException {
    try (FakeRegistryServer below = new FakeRegistryServer("/apis/ccompat/v7")) {
      HttpSchemaRegistry registry = registry("schema.registry.url", below.url() + "/");

      int id = registry.register("a b/ü+c", LEAD);

      assertThat(registry.lookUp("a b/ü+c", LEAD)).isEqualTo(id);
      assertThat(registry.latest("a b/ü+c").id()).isEqualTo(id);
      assertThat(registry.schemaById(id)).isEqualTo(SourceSchema.of(LEAD));
    }
  }

  @Test
  void anUnknownIdIsBelievedForAWhileThenAskedAgain() {
    HttpSchemaRegistry registry = registry("missing.id.cache.ttl.sec", 1);
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() -> registry.schemaById(1))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining("schema id 1 is not known")
          .hasMessageContaining("40403");
    }
    assertThat(server.requests()).hasSizeLessThan(10);

    server.add("late", TEXT);

    awaitKnown(registry, 1);
  }

  @Test
  void anIdThatAReplicaDoesNotKnowYetIsAskedForAgain() {
    RetryingSchemaRegistry registry =
        new RetryingSchemaRegistry(registry(), LockSupport::parkNanos);
    server.add("fresh", TEXT);
    server.fail(1, 404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");

    assertThat(registry.schemaById(1)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void whatIsRememberedIsBounded() {
    HttpSchemaRegistry registry = registry("missing.cache.size", 2);
    for (int id = 1; id <= 3; id++) {
      int unknown = id;
      assertThatThrownBy(() -> registry.schemaById(unknown))
          .isInstanceOf(UnknownSchemaException.class);
    }
    server.add("late", TEXT);

    assertThat(registry.schemaById(1)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void aNegativeIdIsUnknownWithoutAsking() {
    assertThatThrownBy(() -> registry().schemaById(-7)).isInstanceOf(UnknownSchemaException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void passingFailuresAreRetried() {
    int id = server.add("s", TEXT);
    server.fail(1, 500, "{\"error_code\":50001,\"message\":\"store\"}");
    server.fail(1, 429, "");
    server.fail(exchange -> exchange.close());

    assertThat(registry().schemaById(id)).isEqualTo(STRING);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void garbageIsNoAnswer() {
    int id = server.add("s", TEXT);
    server.fail(1, 200, "<html>welcome</html>");
    server.fail(1, 200, "[]");
    server.fail(1, 200, "");

    assertThat(registry().schemaById(id)).isEqualTo(STRING);
  }

  @Test
  void aRegistryThatKeepsFailingIsUnavailableAndSaysWhereAndWhatNext() {
    server.fail(100, 503, "{\"error_code\":50003,\"message\":\"no leader\"}");

    RegistryUnavailableException thrown = unavailable(registry(), 1);

    assertThat(thrown)
        .hasMessageContaining(server.url() + "/schemas/ids/1: status 503: no leader")
        .hasMessageContaining("schema.registry.url");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void nothingIsRememberedOfARegistryThatWasAway() {
    int id = server.add("s", TEXT);
    server.fail(4, 503, "");
    HttpSchemaRegistry registry = registry();

    unavailable(registry, id);

    assertThat(registry.schemaById(id)).isEqualTo(STRING);
  }

  @Test
  void aPlain404IsNotTakenForAnUnknownId() {
    int id = server.add("s", TEXT);

    assertThat(unavailable(registry("schema.registry.url", server.url() + "/wrong"), id))
        .hasMessageContaining("404");
    server.fail(4, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
    assertThat(unavailable(registry(), id)).hasMessageContaining("HTTP 404 Not Found");
    server.fail(1, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
    assertThat(unavailable(registry(), id)).hasMessageContaining("Subject not found");
  }

  @Test
  void anAddressThatIsDownIsPassedOver() throws IOException {
    int id = server.add("s", TEXT);

    HttpSchemaRegistry registry =
        registry("schema.registry.url", FakeRegistryServer.nobody() + ", " + server.url());

    assertThat(registry.schemaById(id)).isEqualTo(STRING);
  }

  @Test
  void anIdUnknownToOneAddressMayBeKnownToTheNext() throws IOException {
    try (FakeRegistryServer behind = new FakeRegistryServer()) {
      int id = server.add("s", TEXT);

      HttpSchemaRegistry registry =
          registry("schema.registry.url", behind.url() + "," + server.url());

      assertThat(registry.schemaById(id)).isEqualTo(STRING);
      assertThatThrownBy(() -> registry.schemaById(99)).isInstanceOf(UnknownSchemaException.class);
    }
  }

  @Test
  void aRegistryThatNobodyAnswersForIsUnavailable() throws IOException {
    String nobody = FakeRegistryServer.nobody().toString();

    assertThat(unavailable(registry("schema.registry.url", nobody), 1))
        .hasMessageContaining(nobody)
        .hasMessageContaining("no connection");
  }

  @Test
  void aRegistryThatAcceptsButNeverAnswersIsUnavailable() {
    try (UnresponsiveServer silent = new UnresponsiveServer()) {
      HttpSchemaRegistry registry =
          registry(
              "schema.registry.url",
              "http://" + silent.address(),
              "http.read.timeout.ms",
              200,
              "max.retries",
              1);

      assertThat(unavailable(registry, 1)).hasMessageContaining("no answer within");
      assertThat(silent.connections()).isEqualTo(2);
    }
  }

  @Test
  void aBodyThatNeverEndsIsCutOff() {
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      server.fail(
          exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    try {
      assertThat(unavailable(registry("http.read.timeout.ms", 200, "max.retries", 1), 1))
          .hasMessageContaining("no answer within");
    } finally {
      done.countDown();
    }
  }

  @Test
  void aBodyBeyondAllMeasureIsRefused() {
    server.fail(4, 200, "{\"schema\":\"" + "x".repeat(9 << 20) + "\"}");

    assertThat(unavailable(registry(), 1)).hasMessageContaining("bytes");
  }

  @Test
  void allRetriesTogetherEndByTheCallTimeout() {
    server.fail(5_000, 500, "{}"); // and then it says that there is no such id

    assertThat(unavailable(registry("max.retries", 1_000_000, "call.timeout.ms", 300), 1))
        .isNotNull();
  }

  @Test
  void aRefusedRegistrationSaysWhatTheRegistrySaid() {
    server.refuseRegistrations();

    assertThatThrownBy(() -> registry().register("lead-sourced-value", LEAD))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("io.creditflow.events.LeadSourced may not be registered")
        .hasMessageContaining("incompatible with an earlier schema");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void lookingUpRegistersNothing() {
    assertThatThrownBy(() -> registry().lookUp("s", LEAD))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("is not registered under s");
    assertThatThrownBy(() -> registry().latest("s"))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("Subject s has no schema");
  }

  @Test
  void credentialsGoAlongAndAreNeverShown() {
    int id = server.add("s", TEXT);
    server.requireAuthorization("Basic bWU6c2VjcmV0"); // me:secret
    String withUser = server.url().replace("http://", "http://me:secret@");

    assertThat(registry("schema.registry.url", withUser).schemaById(id)).isEqualTo(STRING);
    assertThat(
            registry(
                    "basic.auth.credentials.source",
                    "USER_INFO",
                    "basic.auth.user.info",
                    "me:secret")
                .schemaById(id))
        .isEqualTo(STRING);
    server.requireAuthorization("something else");
    assertThat(unavailable(registry("schema.registry.url", withUser), id))
        .hasMessageContaining("401")
        .hasMessageContaining("refuses our credentials")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aSchemaMayReferToOthers() throws IOException {
    server.add("source", "{\"type\":\"enum\",\"name\":\"a.Source\",\"symbols\":[\"X\"]}");
    ObjectNode entry =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    "{\"references\":[{\"name\":\"a.Source\",\"subject\":\"source\",\"version\":1}]}");
    entry.put(
        "schema",
        "{\"type\":\"record\",\"name\":\"a.R\",\"fields\":[{\"name\":\"s\",\"type\":\"a.Source\"}]}");
    int id = server.add("r", entry);

    assertThat(registry().schemaById(id).getField("s").schema().getEnumSymbols())
        .isEqualTo(List.of("X"));
  }

  @Test
  void aSchemaOfAnotherKindIsUnknownToAvro() throws IOException {
    int json =
        server.add(
            "j",
            (ObjectNode)
                new ObjectMapper().readTree("{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
    int broken = server.add("b", "{\"type\":\"nonsense\"}");

    assertThatThrownBy(() -> registry().schemaById(json))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("JSON");
    assertThatThrownBy(() -> registry().schemaById(broken))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("not an Avro schema");
  }

  private static void awaitKnown(HttpSchemaRegistry registry, int id) {
    Await.until(
        "id " + id + " is found",
        Duration.ofSeconds(10),
        () -> {
          try {
            return registry.schemaById(id).equals(STRING);
          } catch (UnknownSchemaException e) {
            return false;
          }
        });
  }

  private static RegistryUnavailableException unavailable(HttpSchemaRegistry registry, int id) {
    return catchThrowableOfType(RegistryUnavailableException.class, () -> registry.schemaById(id));
  }

  private HttpSchemaRegistry registry(Object... settings) {
    Map<String, Object> configs = new HashMap<>();
    configs.put("schema.registry.url", server.url());
    configs.put("retries.wait.ms", 1);
    for (int i = 0; i < settings.length; i += 2) {
      configs.put((String) settings[i], settings[i + 1]);
    }
    return new HttpSchemaRegistry(configs);
  }
}
