package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.quickstart.Addresses;
import io.creditflow.quickstart.command.CommandOutcome;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ScratchDirectory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing that arrives stops the pipeline, and nothing vanishes (contract section 5). */
@Tag("system")
class RejectedEventsTest {
  private static final String WORKSPACE = "careless-co";

  private AvroEventSerializer serializer;

  /** A record as it was sent, and why it must come back. */
  private record Sent(byte[] key, byte[] value, String reason) {}

  @Test
  void eachBadRecordComesBackAsItWasWithItsReasonAndTheGoodOnesCount() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("bad");
        QuickstartUnderTest quickstart = QuickstartUnderTest.start(scratch, "--no-traffic")) {
      Addresses addresses = quickstart.addresses();
      serializer = new AvroEventSerializer();
      serializer.configure(Map.of("schema.registry.url", addresses.schemaRegistryUrl()), false);
      byte[] key = WORKSPACE.getBytes(StandardCharsets.UTF_8);
      byte[] unknownSchema = lead("u", WORKSPACE);
      ByteBuffer.wrap(unknownSchema).putInt(1, 987_654);
      List<Sent> sent =
          List.of(
              new Sent(key, lead("good-1", WORKSPACE), null),
              new Sent(key, "not Avro at all".getBytes(StandardCharsets.UTF_8), "UNDECODABLE"),
              new Sent(key, unknownSchema, "UNDECODABLE"),
              new Sent(key, lead("", WORKSPACE), "MISSING_FIELD"),
              new Sent(key, lead("other", "another-co"), "KEY_MISMATCH"),
              new Sent(null, lead("keyless", WORKSPACE), "KEY_MISMATCH"),
              new Sent(key, lead("good-2", WORKSPACE), null));
      Sent again = sent.get(sent.size() - 1);
      send(addresses, sent);
      send(addresses, List.of(again));
      Instant published = Instant.now();
      quickstart.api().awaitReflected(WORKSPACE, published);

      List<Sent> bad = sent.stream().filter(one -> one.reason() != null).toList();
      List<ConsumerRecord<byte[], byte[]>> rejected = rejected(addresses, bad.size());
      assertThat(rejected).hasSize(bad.size());
      for (Sent one : bad) {
        assertThat(rejected)
            .anySatisfy(
                record -> {
                  assertThat(record.value()).isEqualTo(one.value());
                  assertThat(record.key()).isEqualTo(one.key());
                  assertThat(header(record, "reason")).isEqualTo(one.reason());
                  assertThat(header(record, "detail")).isNotBlank();
                  assertThat(header(record, "source.topic")).isEqualTo(Topics.LEAD_SOURCED);
                  assertThat(header(record, "source.partition")).matches("[0-9]+");
                  assertThat(header(record, "source.offset")).matches("[0-9]+");
                  assertThat(header(record, "rejected.at")).isNotBlank();
                });
      }
      assertThat(quickstart.api().json("/v1/workspaces/" + WORKSPACE + "/credits").path("overage"))
          .hasToString("2");
      assertThatMetricsAccountForEveryRecord(addresses);
      redrivenTwiceTheyCountOnce(quickstart);
    }
  }

  private void redrivenTwiceTheyCountOnce(QuickstartUnderTest quickstart) throws Exception {
    Addresses addresses = quickstart.addresses();
    List<ConsumerRecord<byte[], byte[]>> before = rejected(addresses, 5);
    sendToWrongPartition(addresses, 100);
    assertThat(rejected(addresses, before.size() + 100)).hasSize(before.size() + 100);
    String[] redrive = {
      "redrive",
      "--bootstrap-servers=" + addresses.bootstrapServers(),
      "--reason=WRONG_PARTITION",
      "--dry-run"
    };

    assertThat(CommandOutcome.outputOf(redrive))
        .startsWith("would send 100 records\n  WRONG_PARTITION 100");
    redrive[3] = "--to=2999-01-01T00:00:00Z";
    assertThat(CommandOutcome.outputOf(redrive))
        .startsWith("sent 100 records\n  WRONG_PARTITION 100");
    assertThat(CommandOutcome.outputOf(redrive))
        .isEqualTo(
            "sent 0 records\nleft out 100 sent since, 0 whose value was too large to be kept");
    quickstart.api().awaitReflected(WORKSPACE, Instant.now());
    assertThat(quickstart.api().json("/v1/workspaces/" + WORKSPACE + "/credits").path("overage"))
        .hasToString("102");
    assertThat(rejected(addresses, before.size() + 100)).hasSize(before.size() + 100);
  }

  private void sendToWrongPartition(Addresses addresses, int leads) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", addresses.bootstrapServers());
    byte[] key = WORKSPACE.getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(Topics.LEAD_SOURCED).size();
      int wrong = (Partitioning.partitionOf(key, partitions) + 1) % partitions;
      for (int i = 0; i < leads; i++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(Topics.LEAD_SOURCED, wrong, key, lead("lost-" + i, WORKSPACE));
        record.headers().add("trace", new byte[] {(byte) i});
        var unused = producer.send(record);
      }
    }
  }

  /** received = applied + identical repeats + rejected + waiting, by topic and reason. */
  private static void assertThatMetricsAccountForEveryRecord(Addresses addresses) throws Exception {
    MetricsScrape metrics = MetricsScrape.of(addresses.managementUrl());
    assertThat(metrics.sum("creditflow_events_received_total")).isEqualTo(8);
    assertThat(metrics.sum("creditflow_events_total", "outcome=\"applied\"")).isEqualTo(2);
    assertThat(metrics.sum("creditflow_events_total", "outcome=\"repeated\"")).isEqualTo(1);
    assertThat(metrics.sum("creditflow_events_total", "reason=\"UNDECODABLE\"")).isEqualTo(2);
    assertThat(metrics.sum("creditflow_events_total", "reason=\"MISSING_FIELD\"")).isEqualTo(1);
    assertThat(metrics.sum("creditflow_events_total", "reason=\"KEY_MISMATCH\"")).isEqualTo(2);
    assertThat(metrics.sum("creditflow_events_waiting")).isZero();
    assertThat(metrics.sum("creditflow_events_total", "topic=\"lead-sourced\"")).isEqualTo(8);
    assertThat(metrics.lines()).as("no flood of series").hasSizeLessThan(1_500);
  }

  private byte[] lead(String eventId, String workspaceId) {
    Instant justNow = Instant.now().minusSeconds(1);
    return serializer.serialize(
        Topics.LEAD_SOURCED,
        new LeadSourced(eventId, workspaceId, "c", "l", LeadSource.PLATFORM, justNow));
  }

  private static void send(Addresses addresses, List<Sent> all) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", addresses.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Sent one : all) {
        producer.send(new ProducerRecord<>(Topics.LEAD_SOURCED, one.key(), one.value())).get();
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> rejected(Addresses addresses, int expected) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", addresses.bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.REJECTED_EVENTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (records.size() < expected && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      consumer.poll(Duration.ofMillis(500)).forEach(records::add); // one too many would show
    }
    return records;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
