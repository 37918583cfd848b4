package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way to more partitions that docs/operations.md describes. bin/soak runs it. */
@Tag("soak")
class MorePartitionsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final TestLoad load = new TestLoad(now, 4);

  @Test
  void copiedIntoTopicsWithMorePartitionsItCountsToTheSameNumbers() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("partitions");
        EmbeddedBroker old = EmbeddedBroker.start(scratch.path("old"), 0);
        EmbeddedBroker next = EmbeddedBroker.start(scratch.path("next"), 0);
        LocalSchemaRegistry registry = LocalSchemaRegistry.start(scratch.path("schemas.json"), 0)) {
      AppUnderTest.registerSchemas(registry);
      try (AppUnderTest app =
          AppUnderTest.start(
              scratch, "old-app", old, registry, Map.of("CREDITFLOW_PARTITIONS", "5"))) {
        app.awaitReady();
        publish(scratch, old, registry);
        assertExact(app, Instant.now());
      }

      assertThat(copy(scratch, old, next)).contains("events copied, 1 left out");

      Map<String, String> afresh =
          Map.of(
              "CREDITFLOW_BACKFILL",
              "true",
              "CREDITFLOW_STATE_DIR",
              scratch.path("next-state").toString());
      try (AppUnderTest app = AppUnderTest.start(scratch, "next-app", next, registry, afresh)) {
        app.awaitReady();
        assertExact(app, Instant.now());
      }
    }
  }

  private void publish(
      ScratchDirectory scratch, EmbeddedBroker broker, LocalSchemaRegistry registry)
      throws Exception {
    try (ConfluentProducerProcess producer =
        new ConfluentProducerProcess(
            broker.bootstrapServers(), registry.url(), scratch.path("producer.txt"))) {
      for (List<Message> messages : List.of(load.versions(), load.shuffled())) {
        for (Message message : messages) {
          producer.send(message.topic(), message.workspaceId(), message.record());
        }
      }
      assertThat(producer.finish()).isGreaterThan(10_000);
    }
    try (KafkaProducer<String, String> careless =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      careless.send(new ProducerRecord<>(Topics.LEAD_SOURCED, "rich-co", "no Avro")).get();
    }
  }

  private static String copy(ScratchDirectory scratch, EmbeddedBroker from, EmbeddedBroker to)
      throws Exception {
    try (ChildProcess copy =
        PackagedProgram.start(
            scratch.path("copy.txt"),
            Map.of(),
            "io.creditflow.quickstart.command.CreditflowCommand",
            "copy",
            "--bootstrap-servers",
            from.bootstrapServers(),
            "--to-bootstrap-servers",
            to.bootstrapServers(),
            "--partitions",
            "8")) {
      assertThat(copy.exitCode(Duration.ofMinutes(2))).as(copy.output()).isZero();
      return copy.output();
    }
  }

  private void assertExact(AppUnderTest app, Instant sent) throws Exception {
    for (String workspace : TestLoad.WORKSPACES) {
      app.api().awaitReflected(workspace, sent);
    }
    new ExactAnswers(app.api(), load, now).areServed();
  }
}
