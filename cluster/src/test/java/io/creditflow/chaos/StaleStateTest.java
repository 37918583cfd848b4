package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.audit.Audit;
import io.creditflow.audit.TopicTail;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.schemas.Topics;
import io.creditflow.state.RowKey;
import io.creditflow.state.Table;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What instances find at their start does not belong together: a state directory, the changelog and
 * the group's offsets are of different moments. As long as the input topics are whole, everything
 * is counted once all the same; else the partition stands still and says why.
 */
@Tag("soak")
@TestMethodOrder(OrderAnnotation.class)
class StaleStateTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PARTITIONS = 2;
  private static final String GROUP = "creditflow";
  private static final String CHANGELOG = GROUP + "-credit-state-changelog";
  private static final byte[] FLUSH_END = RowKey.of(Table.META, "closed").bytes();
  private static final int CHANGELOG_RECORDS_CUT = 1_000;
  private static final int OFFSETS_AHEAD = 5_000;

  private static Path root;
  private static Cluster cluster;
  private static Upstream upstream;
  private static SteadyLoad steady;
  private static Admin admin;

  @BeforeAll
  static void countSomething() {
    root = ScratchDirectory.make("moments");
    cluster = Cluster.start(ClusterPlan.of(1, 2, PARTITIONS), root);
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    upstream =
        new Upstream(
            cluster.bootstrapServers(), cluster.registryUrl(), PARTITIONS, 7, List.of("u0", "u1"));
    startAll();
    steady =
        new SteadyLoad(
            cluster.bootstrapServers(), cluster.registryUrl(), List.of("s0", "s1", "s2", "s3"));
    publish(1_000);
    awaitCounted();
  }

  @AfterAll
  static void clean() throws Exception {
    for (AutoCloseable one : Arrays.asList(steady, upstream, admin, cluster)) {
      if (one != null) {
        one.close();
      }
    }
    ScratchDirectory.delete(root);
  }

  @Test
  @Order(1)
  void anEarlierStateOfOneInstance() throws Exception {
    Path earlier = root.resolve("earlier-1");
    stopAll();
    ScratchDirectory.copy(first().state(), earlier);
    startAll();
    publish(1_000);
    awaitCounted();
    first().stop();
    putBack(earlier, first());
    first().start();
    assertEverythingCounts();
  }

  @Test
  @Order(2)
  void anEarlierStateOfBothInstances() throws Exception {
    stopAll();
    for (InstanceProcess instance : cluster.instances()) {
      ScratchDirectory.copy(instance.state(), root.resolve("earlier-" + instance.name()));
    }
    startAll();
    publish(1_000);
    awaitCounted();
    stopAll();
    for (InstanceProcess instance : cluster.instances()) {
      putBack(root.resolve("earlier-" + instance.name()), instance);
    }
    startAll();
    assertEverythingCounts();
  }

  /** What is read again is rejected again, too, and the auditor tells that from a difference. */
  @Test
  @Order(3)
  void aChangelogWithoutItsNewestFlushes() throws Exception {
    growChangelog();
    stopAll();
    cutChangelog(StaleStateTest::endsFlush);
    cluster.instances().forEach(InstanceProcess::wipe);
    startAll();
    assertEverythingCounts();
  }

  @Test
  @Order(4)
  void offsetsThatWereSetAhead() throws Exception {
    stopAll();
    publish(2 * OFFSETS_AHEAD);
    Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
    admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, committed) -> {
              if (partition.topic().equals(Topics.LEAD_SOURCED)) {
                ahead.put(partition, new OffsetAndMetadata(committed.offset() + OFFSETS_AHEAD));
              }
            });
    assertThat(ahead).hasSize(PARTITIONS);
    Await.until(
        "the group lets its offsets be set",
        PATIENCE,
        () -> isDone(admin.alterConsumerGroupOffsets(GROUP, ahead).all()));
    startAll();
    assertEverythingCounts();
  }

  /** Rows written by half of a flush cannot be counted on from. */
  @Test
  @Order(5)
  void aChangelogThatEndsWithinAFlush() throws Exception {
    growChangelog();
    stopAll();
    cutChangelog((records, size) -> !endsFlush(records, size));
    cluster.instances().forEach(InstanceProcess::wipe);
    cluster.instances().forEach(ClusterProcess::start);
    assertStandsStill("flush");
  }

  /** Neither state nor changelog has them, and they cannot be read again. */
  @Test
  @Order(6)
  void inputsThatAreGoneBeforeTheyCounted() throws Exception {
    stopAll();
    cutChangelog(StaleStateTest::endsFlush);
    cluster.instances().forEach(InstanceProcess::wipe);
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.put(new TopicPartition(Topics.LEAD_SOURCED, partition), RecordsToDelete.beforeOffset(-1));
    }
    admin.deleteRecords(all).all().get();
    cluster.instances().forEach(ClusterProcess::start);
    steady.publish();
    steady.flush();
    assertStandsStill(Topics.LEAD_SOURCED);
  }

  /** Whoever owns the partition says so; none of them ends. */
  private static void assertStandsStill(String why) {
    Await.until(
        () -> "an instance says why it stands still; they said:\n" + readiness(),
        PATIENCE,
        () -> readiness().stream().anyMatch(text -> text.contains(why)));
    assertThat(cluster.instances()).allMatch(ClusterProcess::isRunning);
  }

  private static InstanceProcess first() {
    return cluster.instance(0);
  }

  private static void startAll() {
    cluster.instances().forEach(ClusterProcess::start);
    cluster.instances().forEach(ClusterProcess::awaitReady);
  }

  private static void stopAll() {
    for (InstanceProcess instance : cluster.instances()) {
      assertThat(instance.stop()).as("a clean stop within 10 s").isTrue();
    }
  }

  private static void putBack(Path earlier, InstanceProcess instance) {
    instance.wipe();
    ScratchDirectory.copy(earlier, instance.state());
  }

  /**
   * @param leads of each of four workspaces
   */
  private static void publish(int leads) {
    upstream.publish(leads / 10);
    for (int number = 0; number < leads; number++) {
      steady.publish();
    }
    upstream.flush();
    steady.flush();
  }

  private static void assertEverythingCounts() {
    cluster.instances().forEach(ClusterProcess::awaitReady);
    publish(10);
    awaitCounted();
    for (InstanceProcess instance : cluster.instances()) {
      try (Audit audit = Audit.of(cluster, instance, 1)) {
        Audit.AuditReport report = audit.run(line -> {});
        assertThat(report.drift()).as(report::toString).isZero();
      }
    }
  }

  private static void awaitCounted() {
    ApiClient api = new ApiClient(first().url(), cluster.token());
    Instant published = Instant.now();
    steady.workspaceIds().forEach(workspaceId -> api.awaitReflected(workspaceId, published));
  }

  /** What instances say that are not ready. */
  private static List<String> readiness() {
    List<String> all = new ArrayList<>();
    for (InstanceProcess instance : cluster.instances()) {
      try {
        HttpResponse<byte[]> answer =
            new ApiClient(instance.url(), "").get("/health/ready", Duration.ofSeconds(5));
        if (answer.statusCode() == 503) {
          all.add(new String(answer.body(), StandardCharsets.UTF_8));
        }
      } catch (IOException notListening) {
        all.add(notListening.toString());
      }
    }
    return all;
  }

  /** Leads that are sound, until each partition has more rows of them than will be cut off. */
  private static void growChangelog() throws Exception {
    Map<TopicPartition, Long> before = changelogEnds();
    Await.until(
        "the changelog has grown",
        PATIENCE,
        () -> {
          publish(10);
          Map<TopicPartition, Long> ends = changelogEnds();
          return before.entrySet().stream()
              .allMatch(end -> ends.get(end.getKey()) > end.getValue() + 2 * CHANGELOG_RECORDS_CUT);
        });
    publish(20);
    awaitCounted();
  }

  private static Map<TopicPartition, Long> changelogEnds() throws Exception {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      partitions.put(new TopicPartition(CHANGELOG, partition), OffsetSpec.latest());
    }
    return admin.listOffsets(partitions).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /**
   * Makes the changelog again, without the newest records of each partition.
   *
   * @param isEnd whether so many records of a partition are what it may be cut to
   */
  private static void cutChangelog(BiPredicate<List<ConsumerRecord<byte[], byte[]>>, Integer> isEnd)
      throws Exception {
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    Map<String, Object> kafka = Map.of("bootstrap.servers", cluster.bootstrapServers());
    try (TopicTail changelog = new TopicTail(kafka, List.of(CHANGELOG))) {
      changelog.advance(
          record ->
              records
                  .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                  .add(record));
    }
    NewTopic again = new NewTopic(CHANGELOG, PARTITIONS, (short) 1).configs(settings());
    admin.deleteTopics(List.of(CHANGELOG)).all().get();
    Await.until(
        "the changelog can be made anew",
        PATIENCE,
        () -> isDone(admin.createTopics(List.of(again)).all()));
    try (KafkaProducer<byte[], byte[]> producer = Upstream.producer(cluster.bootstrapServers())) {
      for (List<ConsumerRecord<byte[], byte[]>> all : records.values()) {
        int size = all.size() - CHANGELOG_RECORDS_CUT;
        assertThat(size).isPositive();
        while (!isEnd.test(all, size)) {
          size--;
        }
        for (ConsumerRecord<byte[], byte[]> record : all.subList(0, size)) {
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      CHANGELOG, record.partition(), null, record.key(), record.value()));
        }
      }
      producer.flush();
    }
  }

  /** The last row of a flush tells its number again. */
  private static boolean endsFlush(List<ConsumerRecord<byte[], byte[]>> records, int size) {
    return Arrays.equals(records.get(size - 1).key(), FLUSH_END);
  }

  /** The changelog's own. */
  private static Map<String, String> settings() throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG);
    return admin.describeConfigs(List.of(topic)).all().get().get(topic).entries().stream()
        .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static boolean isDone(KafkaFuture<Void> change) throws InterruptedException {
    try {
      change.get();
      return true;
    } catch (ExecutionException notYet) {
      return false;
    }
  }
}
