package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.endtoend.Load.Message;
import io.creditflow.quickstart.registry.LocalRegistry;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** The app as a process of its own beside Kafka, killed without warning while events arrive. */
class CrashedAppTest {
  private Instant now;
  private Scratch scratch;
  private EmbeddedBroker broker;
  private LocalRegistry registry;
  private SigningKey key;

  @Test
  void killedInMidLoadItEndsAtTheSameExactNumbers() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Load load = new Load(now, 3);
    try (Scratch directory = new Scratch("crash");
        EmbeddedBroker kafka = EmbeddedBroker.start(directory.path("kafka"), 0);
        LocalRegistry schemas = LocalRegistry.start(directory.path("schemas.json"), 0)) {
      scratch = directory;
      broker = kafka;
      registry = schemas;
      key = SigningKey.in(directory.path("keys"));
      registerSchemas();
      publishWhileItIsKilled(load);
    }
  }

  private void publishWhileItIsKilled(Load load) throws Exception {
    List<Message> messages = load.shuffled();
    int half = messages.size() / 2;
    int port = freePort();
    try (JavaProcess first = startApp(port, "first")) {
      Api api = api(port);
      awaitReady(api, first);
      try (GenuineProducer producer =
          new GenuineProducer(
              broker.bootstrapServers(), registry.url(), scratch.path("producer.txt"))) {
        send(producer, load.pictures());
        send(producer, messages.subList(0, half));
        awaitCounted(1_000);
        first.kill();
        send(producer, messages.subList(half, messages.size()));

        try (JavaProcess second = startApp(port, "second")) {
          assertThat(producer.finish()).isEqualTo(load.pictures().size() + messages.size());
          Instant sent = Instant.now();
          awaitReady(api, second);
          for (String workspace : Load.WORKSPACES) {
            api.awaitReflected(workspace, sent);
          }
          new ExactNumbers(api, load, now).areServed();
        }
        countedAgainItComesToTheSame(load);
      }
    }
  }

  /** From the input topics alone: another application id has no state, no offsets, no changelog. */
  private void countedAgainItComesToTheSame(Load load) throws Exception {
    int port = freePort();
    try (JavaProcess again =
        startApp(
            port,
            "again",
            Map.of(
                "CREDITFLOW_APPLICATION_ID",
                "again",
                "CREDITFLOW_STATE_DIR",
                scratch.path("again").toString()))) {
      Api api = api(port);
      awaitReady(api, again);
      Instant ready = Instant.now();
      for (String workspace : Load.WORKSPACES) {
        api.awaitReflected(workspace, ready);
      }
      new ExactNumbers(api, load, now).areServed();
    }
  }

  private static void awaitReady(Api api, JavaProcess app) throws Exception {
    Await.until(
        () -> "the app is ready; it said:\n" + app.output(), Duration.ofSeconds(90), api::isReady);
  }

  private JavaProcess startApp(int port, String name) {
    return startApp(port, name, Map.of());
  }

  private JavaProcess startApp(int port, String name, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "CREDITFLOW_REGISTRY_URL", registry.url(),
                "CREDITFLOW_AUTH_JWKS", key.jwks().toString(),
                "CREDITFLOW_STATE_DIR", scratch.path("state").toString(),
                "CREDITFLOW_HTTP_HOST", "127.0.0.1",
                "CREDITFLOW_HTTP_PORT", String.valueOf(port),
                "CREDITFLOW_MANAGEMENT_HOST", "127.0.0.1",
                "CREDITFLOW_MANAGEMENT_PORT", String.valueOf(freePort())));
    environment.putAll(more);
    return JavaProcess.start(
        scratch.path(name + ".txt"), environment, "io.creditflow.api.Creditflow");
  }

  private Api api(int port) {
    String token =
        key.token(
            "test", List.of("*"), List.of("credits:read"), Instant.now(), Duration.ofHours(1));
    return new Api("http://127.0.0.1:" + port, token);
  }

  private static void send(GenuineProducer producer, List<Message> messages) {
    for (Message message : messages) {
      producer.send(message.topic(), message.workspaceId(), message.record());
    }
    producer.flush();
  }

  /** Waits until the app has committed this many events: enough to have something to lose. */
  private void awaitCounted(long events) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Await.until(
          events + " events counted",
          Duration.ofSeconds(60),
          () ->
              admin
                      .listConsumerGroupOffsets("creditflow")
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .values()
                      .stream()
                      .mapToLong(OffsetAndMetadata::offset)
                      .sum()
                  >= events);
    }
  }

  private void registerSchemas() {
    HttpSchemaRegistry client =
        new HttpSchemaRegistry(Map.of("schema.registry.url", registry.url()));
    for (EventType type : EventType.values()) {
      client.register(type.subject(), type.schema());
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
