package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The app as a process of its own beside Kafka, killed without warning while events arrive. */
@Tag("system")
class CrashedAppTest {
  private Instant now;
  private ScratchDirectory scratch;
  private EmbeddedBroker broker;
  private LocalSchemaRegistry registry;

  @Test
  void killedInMidLoadItEndsAtTheSameExactNumbers() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    TestLoad load = new TestLoad(now, 3);
    try (ScratchDirectory directory = new ScratchDirectory("crash");
        EmbeddedBroker kafka = EmbeddedBroker.start(directory.path("kafka"), 0);
        LocalSchemaRegistry schemas =
            LocalSchemaRegistry.start(directory.path("schemas.json"), 0)) {
      scratch = directory;
      broker = kafka;
      registry = schemas;
      AppUnderTest.registerSchemas(schemas);
      publishWhileItIsKilled(load);
    }
  }

  private void publishWhileItIsKilled(TestLoad load) throws Exception {
    List<Message> messages = load.shuffled();
    int half = messages.size() / 2;
    try (AppUnderTest first = app("first", Map.of())) {
      first.awaitReady();
      try (ConfluentProducerProcess producer =
          new ConfluentProducerProcess(
              broker.bootstrapServers(), registry.url(), scratch.path("producer.txt"))) {
        send(producer, load.versions());
        send(producer, messages.subList(0, half));
        awaitCounted(1_000);
        first.process().kill();
        send(producer, messages.subList(half, messages.size()));

        try (AppUnderTest second = app("second", Map.of())) {
          assertThat(producer.finish()).isEqualTo(load.versions().size() + messages.size());
          Instant sent = Instant.now();
          second.awaitReady();
          assertExact(second, load, sent);
        }
        countedAgainItComesToTheSame(load);
      }
    }
  }

  /** From the input topics alone: another application id has no state, no offsets, no changelog. */
  private void countedAgainItComesToTheSame(TestLoad load) throws Exception {
    Map<String, String> afresh =
        Map.of(
            "CREDITFLOW_APPLICATION_ID",
            "again",
            "CREDITFLOW_STATE_DIR",
            scratch.path("again").toString());
    try (AppUnderTest again = app("again", afresh)) {
      again.awaitReady();
      assertExact(again, load, Instant.now());
    }
  }

  private void assertExact(AppUnderTest app, TestLoad load, Instant sent) throws Exception {
    for (String workspace : TestLoad.WORKSPACES) {
      app.api().awaitReflected(workspace, sent);
    }
    new ExactAnswers(app.api(), load, now).areServed();
  }

  private AppUnderTest app(String name, Map<String, String> more) {
    return AppUnderTest.start(scratch, name, broker, registry, more);
  }

  private static void send(ConfluentProducerProcess producer, List<Message> messages) {
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
}
