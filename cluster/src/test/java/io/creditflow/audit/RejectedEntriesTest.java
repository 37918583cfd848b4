package io.creditflow.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import io.creditflow.upstream.Upstream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedEntriesTest {
  private static final RecordLocation SOURCE = new RecordLocation(Topics.LEAD_SOURCED, 0, 7);

  @TempDir private Path directory;

  @Test
  void anotherApplicationsRejectionOfTheSameRecordIsPassedOver() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      createTopic(kafka);
      try (KafkaProducer<byte[], byte[]> producer = Upstream.producer(broker.bootstrapServers())) {
        producer.send(rejection("creditflow", ReferenceReason.CONFLICT)).get();
        producer.send(rejection("creditflow-2", ReferenceReason.TOO_OLD)).get();
        producer.send(rejection("creditflow-2", ReferenceReason.TOO_OLD)).get();
      }

      assertThat(reasons(kafka, "creditflow")).containsExactly(ReferenceReason.CONFLICT);
      assertThat(reasons(kafka, "creditflow-2"))
          .containsExactly(ReferenceReason.TOO_OLD, ReferenceReason.TOO_OLD);
    }
  }

  @Test
  void whatIsBeingWrittenIsWaitedForWhenAsked() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      createTopic(kafka);
      try (KafkaProducer<byte[], byte[]> producer = transactional(kafka);
          RejectedEntries entries = new RejectedEntries(kafka, "creditflow", Instant.EPOCH)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(rejection("creditflow", ReferenceReason.CONFLICT)).get();
        entries.advance();
        assertThat(entries.of(SOURCE)).isEmpty();

        CompletableFuture<Void> reading =
            CompletableFuture.runAsync(entries::advancePastOpenTransactions);
        assertThatThrownBy(() -> reading.get(500, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        producer.commitTransaction();
        reading.get(30, TimeUnit.SECONDS);

        assertThat(entries.of(SOURCE)).hasSize(1);
      }
    }
  }

  private static void createTopic(Map<String, Object> kafka) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(new NewTopic(Topics.REJECTED_EVENTS, 1, (short) 1))).all().get();
    }
  }

  private static KafkaProducer<byte[], byte[]> transactional(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("transactional.id", "test");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<ReferenceReason> reasons(Map<String, Object> kafka, String applicationId) {
    try (RejectedEntries entries = new RejectedEntries(kafka, applicationId, Instant.EPOCH)) {
      entries.advance();
      assertThat(entries.unreadable()).isEmpty();
      return entries.of(SOURCE).stream().map(RejectedEntry::reason).toList();
    }
  }

  private static ProducerRecord<byte[], byte[]> rejection(
      String applicationId, ReferenceReason reason) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.REJECTED_EVENTS, 0, new byte[] {1}, new byte[] {2});
    Map.of(
            "reason", reason.name(),
            "detail", "why",
            "source.topic", SOURCE.topic(),
            "source.partition", Integer.toString(SOURCE.partition()),
            "source.offset", Long.toString(SOURCE.offset()),
            "rejected.at", Instant.EPOCH.toString(),
            "application.id", applicationId)
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }
}
