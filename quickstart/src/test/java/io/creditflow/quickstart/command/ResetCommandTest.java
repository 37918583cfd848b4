package io.creditflow.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetCommandTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    make(
        "lead-sourced", "creditflow-credit-state-changelog", "creditflow-2-credit-state-changelog");
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void deletesWhatTheApplicationIdKeepsAndNothingElse() throws Exception {
    commit("creditflow");
    commit("creditflow-2");
    String[] reset = {"reset", "--bootstrap-servers", broker.bootstrapServers()};

    assertThat(CommandOutcome.outputOf(reset))
        .startsWith("would delete group creditflow and topic");
    assertThat(admin.listTopics().names().get()).contains("creditflow-credit-state-changelog");

    assertThat(CommandOutcome.outputOf("reset", "--yes", reset[1], reset[2]))
        .isEqualTo(
            "deleted group creditflow and topic creditflow-credit-state-changelog;"
                + " now delete the state directories");
    assertThat(admin.listTopics().names().get())
        .contains("lead-sourced", "creditflow-2-credit-state-changelog")
        .doesNotContain("creditflow-credit-state-changelog");
    assertThat(offsets("creditflow")).isEmpty();
    assertThat(offsets("creditflow-2")).hasSize(1);
    assertThat(CommandOutcome.outputOf(reset)).startsWith("nothing to delete");
  }

  @Test
  void takesTheApplicationIdOfTheConfigurationFile() throws Exception {
    make("other-credit-state-changelog");
    Path file =
        Files.writeString(
            directory.resolve("instance.properties"),
            """
            creditflow.application.id=other
            creditflow.kafka.bootstrap.servers=%s
            creditflow.registry.url=http://unused
            """
                .formatted(broker.bootstrapServers()));

    assertThat(CommandOutcome.outputOf("reset", "--config", file.toString()))
        .startsWith("would delete topic other-credit-state-changelog");
  }

  @Test
  void refusesWhileAnInstanceRuns() throws Exception {
    try (KafkaConsumer<String, String> member =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "running",
                "group.instance.id", "left-one"),
            new StringDeserializer(),
            new StringDeserializer())) {
      member.subscribe(List.of("lead-sourced"));
      while (member.assignment().isEmpty()) {
        member.poll(Duration.ofMillis(100));
      }

      CommandOutcome outcome =
          CommandOutcome.of(
              "reset",
              "--yes",
              "--application-id=running",
              "--bootstrap-servers=" + broker.bootstrapServers());

      assertThat(outcome.status()).isEqualTo(CommandRunner.CANNOT);
      assertThat(outcome.error()).contains("left-one", "stop its instances");
    }
  }

  private static void make(String... topics) throws Exception {
    for (String topic : topics) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void commit(String group) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition("lead-sourced", 0), new OffsetAndMetadata(0)))
        .all()
        .get();
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(String group) throws Exception {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException gone) {
      return Map.of();
    }
  }
}
