package io.creditflow.quickstart.endtoend;

import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.FreePorts;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An instance in a process of its own, beside a broker and a registry of the test's. */
record AppUnderTest(ChildProcess process, ApiClient api, String managementUrl)
    implements AutoCloseable {

  /**
   * Starts one; {@link #awaitReady} waits for it.
   *
   * @param more settings besides those that it cannot do without
   */
  static AppUnderTest start(
      ScratchDirectory scratch,
      String name,
      EmbeddedBroker broker,
      LocalSchemaRegistry registry,
      Map<String, String> more) {
    return start(scratch, name, broker.bootstrapServers(), registry, more);
  }

  static AppUnderTest start(
      ScratchDirectory scratch,
      String name,
      String bootstrapServers,
      LocalSchemaRegistry registry,
      Map<String, String> more) {
    SigningKey key = SigningKey.in(scratch.path("keys"));
    int port = FreePorts.take();
    int managementPort = FreePorts.take();
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "CREDITFLOW_REGISTRY_URL", registry.url(),
                "CREDITFLOW_AUTH_JWKS", key.jwks().toString(),
                "CREDITFLOW_STATE_DIR", scratch.path("state").toString(),
                "CREDITFLOW_HTTP_PORT", String.valueOf(port),
                "CREDITFLOW_MANAGEMENT_PORT", String.valueOf(managementPort)));
    environment.putAll(more);
    ChildProcess process =
        PackagedProgram.start(
            scratch.path(name + ".txt"), environment, "io.creditflow.api.Creditflow");
    String token =
        key.token(
            "test", List.of("*"), List.of("credits:read"), Instant.now(), Duration.ofHours(1));
    return new AppUnderTest(
        process,
        new ApiClient("http://127.0.0.1:" + port, token),
        "http://127.0.0.1:" + managementPort);
  }

  /** As producers do when they start. */
  static void registerSchemas(LocalSchemaRegistry registry) {
    HttpSchemaRegistry client =
        new HttpSchemaRegistry(Map.of("schema.registry.url", registry.url()));
    for (EventType type : EventType.values()) {
      client.register(type.subject(), type.schema());
    }
  }

  void awaitReady() throws Exception {
    Await.until(
        () -> "the app is ready; it said:\n" + process.output(),
        Duration.ofSeconds(90),
        api::isReady);
  }

  @Override
  public void close() {
    process.close();
  }
}
