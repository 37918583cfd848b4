package io.creditflow.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.ops.LagReport.PartitionLag;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lag as the broker knows it: nobody of the group need be alive to see it. */
class LagMonitorTest {
  private static final String GROUP = "creditflow";
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private Map<String, Object> config;
  private String owner;

  @Test
  void tellsWhatWaitsAndWhetherItIsWorkedOnButRaisesNoFalseAlarm() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      config = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
      try (Admin admin = Admin.create(config);
          LagMonitor monitor = new LagMonitor(admin, GROUP, 1, p -> owner, oldest(), EVERY)) {
        admin
            .createTopics(
                Topics.INPUTS.stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList())
            .all()
            .get();
        monitor.start();

        await(monitor, Topics.CAMPAIGNS, one -> one.lag() == 0 && one.lagSeconds() == 0);

        send(Topics.CAMPAIGNS, 3, false);
        PartitionLag nobody =
            await(monitor, Topics.CAMPAIGNS, one -> one.status().equals("STOPPED"));
        assertThat(nobody.lag()).isEqualTo(3);
        assertThat(nobody.lagSeconds()).isBetween(0L, PATIENCE.toSeconds());
        assertThat(monitor.report().status()).isEqualTo("STOPPED");

        owner = "left:8090";
        await(monitor, Topics.CAMPAIGNS, one -> one.status().equals("STALLED"));

        commit(admin, Topics.CAMPAIGNS, 3);
        await(monitor, Topics.CAMPAIGNS, one -> one.status().equals("OK") && one.lag() == 0);

        // A transaction's marker takes an offset, too, but nothing waits behind it.
        send(Topics.WORKSPACES, 1, true);
        await(monitor, Topics.WORKSPACES, one -> one.lag() == 2);
        commit(admin, Topics.WORKSPACES, 1);
        PartitionLag marker =
            await(monitor, Topics.WORKSPACES, one -> one.lag() == 1 && one.lagSeconds() == 0);
        assertThat(marker.status()).isEqualTo("OK");
        staysWell(monitor, Topics.WORKSPACES);

        aPartitionThatNobodyLeadsDoesNotHideTheOthers(admin);
        aBrokersClockIsToldByWhatItStamps(admin);
      }
    }
  }

  /** A second partition of each topic, which no broker answers for. */
  private void aPartitionThatNobodyLeadsDoesNotHideTheOthers(Admin admin) throws Exception {
    try (LagMonitor monitor = new LagMonitor(admin, GROUP, 2, p -> owner, oldest(), EVERY)) {
      monitor.start();
      for (int sent = 0; sent < 3; sent++) {
        long lag = of(monitor, Topics.CAMPAIGNS).map(PartitionLag::lag).orElse(0L);
        send(Topics.CAMPAIGNS, 1, false);
        await(monitor, Topics.CAMPAIGNS, one -> one.lag() == lag + 1);
        assertThat(monitor.isFresh()).isTrue();
      }
      PartitionLag lost = monitor.report().partitions().get(1);
      assertThat(lost.topic()).isEqualTo(Topics.CAMPAIGNS);
      assertThat(lost.partition()).isEqualTo(1);
      assertThat(lost.status()).isEqualTo("NO_LEADER");
      assertThat(lost.endOffset()).isNull();
      assertThat(lost.lag()).isNull();
      assertThat(lost.lagSeconds()).isNull();
      assertThat(monitor.report().status()).isEqualTo("NO_LEADER");
      assertThat(monitor.report().maxLag()).isEqualTo(3);
    }
  }

  /** These topics take a record's own time, so that the producer's clock is the broker's. */
  private void aBrokersClockIsToldByWhatItStamps(Admin admin) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      BrokerClocks clocks = new BrokerClocks(admin, consumer, 1, Clock.systemUTC());
      clocks.measure();
      assertThat(clocks.clocks()).isEmpty();
      for (long behind : new long[] {600, 0, -600}) {
        sendAt(Instant.now().minusSeconds(behind));
        clocks.measure();
        assertThat(clocks.clocks()).hasSize(1);
        assertThat(clocks.clocks().iterator().next().behindSeconds())
            .isBetween(behind - PATIENCE.toSeconds(), behind + PATIENCE.toSeconds());
        assertThat(clocks.clocks().iterator().next().broker()).isEqualTo(1);
      }
    }
  }

  private void sendAt(Instant stamped) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.LEAD_SOURCED, null, stamped.toEpochMilli(), "key", "value"))
          .get();
    }
  }

  private OldestUnprocessed oldest() {
    return new OldestUnprocessed(consumer("read_committed"), Clock.systemUTC());
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> reader = new HashMap<>(config);
    reader.put("isolation.level", isolation);
    reader.put("enable.auto.commit", false);
    reader.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void send(String topic, int count, boolean isTransaction) {
    Map<String, Object> writer = new HashMap<>(config);
    if (isTransaction) {
      writer.put("transactional.id", "upstream");
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(writer, new StringSerializer(), new StringSerializer())) {
      if (isTransaction) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, "key", "value"));
      }
      if (isTransaction) {
        producer.commitTransaction();
      }
    }
  }

  private static void commit(Admin admin, String topic, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            GROUP, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private static PartitionLag await(
      LagMonitor monitor, String topic, Predicate<PartitionLag> condition) {
    AtomicReference<PartitionLag> found = new AtomicReference<>();
    Await.until(
        () -> topic + " as expected; it is " + found.get(),
        PATIENCE,
        () -> {
          of(monitor, topic).ifPresent(found::set);
          return of(monitor, topic).filter(condition).isPresent();
        });
    return of(monitor, topic).orElseThrow();
  }

  /** Through a whole window of looks. */
  private static void staysWell(LagMonitor monitor, String topic) {
    for (int look = 0; look < 40; look++) {
      assertThat(of(monitor, topic).orElseThrow().status()).isEqualTo("OK");
      Await.pause(EVERY.toMillis());
    }
  }

  private static Optional<PartitionLag> of(LagMonitor monitor, String topic) {
    List<PartitionLag> all = monitor.report() == null ? List.of() : monitor.report().partitions();
    return all.stream().filter(one -> one.topic().equals(topic)).findFirst();
  }
}
