package io.creditflow.quickstart.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node killed together with whoever wrote to it ends what was open, and nobody waits for ever.
 */
@Tag("system")
class KilledBrokerTest {
  private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

  @TempDir Path directory;

  @Test
  void transactionsThatWereOpenAreEnded() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpenTransaction.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = killed.inputReader()) {
      assertThat(output.lines()).contains(OpenTransaction.SENT);
    } finally {
      killed.destroyForcibly();
    }
    killed.waitFor();

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Await.until(
          "nothing is open",
          Duration.ofSeconds(30),
          () ->
              end(admin, IsolationLevel.READ_COMMITTED)
                  >= end(admin, IsolationLevel.READ_UNCOMMITTED));
      assertThat(end(admin, IsolationLevel.READ_UNCOMMITTED))
          .as("a letter and its end")
          .isEqualTo(2);
      assertThat(end(admin, IsolationLevel.READ_COMMITTED)).as("nothing open").isEqualTo(2);
    }
  }

  private static long end(Admin admin, IsolationLevel level) throws Exception {
    return admin
        .listOffsets(Map.of(LETTERS, OffsetSpec.latest()), new ListOffsetsOptions(level))
        .partitionResult(LETTERS)
        .get()
        .offset();
  }

  /** The process that is killed: broker and writer in one, in the middle of a transaction. */
  static final class OpenTransaction {
    static final String SENT = "sent";

    private OpenTransaction() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0);
      Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(config)) {
        admin.createTopics(List.of(new NewTopic(LETTERS.topic(), 1, (short) 1))).all().get();
      }
      Map<String, Object> transactional =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "transactional.id",
              "writer",
              "transaction.timeout.ms",
              1000);
      var producer =
          new KafkaProducer<>(transactional, new StringSerializer(), new StringSerializer());
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(LETTERS.topic(), "open")).get();
      System.out.println(SENT);
      Runtime.getRuntime().halt(137);
    }
  }
}
