package io.creditflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.audit.Audit;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An instance is stopped, and what it finds when it starts again is not what it left. */
@Tag("system")
@TestMethodOrder(OrderAnnotation.class)
class RestartTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTITIONS = 2;
  private static final int PORTION = 300;
  private static final String GROUP = "creditflow";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> WORKSPACES = List.of("w0", "w1", "w2");

  private static Path root;
  private static Cluster cluster;
  private static InstanceProcess instance;
  private static Upstream upstream;
  private static Admin admin;

  @BeforeAll
  static void countSomething() {
    root = ScratchDirectory.make("restart");
    cluster = Cluster.start(ClusterPlan.of(1, 1, PARTITIONS), root);
    instance = cluster.instance(0);
    instance.start();
    instance.awaitReady();
    upstream =
        new Upstream(cluster.bootstrapServers(), cluster.registryUrl(), PARTITIONS, 7, WORKSPACES);
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    publish();
    assertThat(drift()).isZero();
  }

  @AfterAll
  static void clean() {
    admin.close();
    upstream.close();
    cluster.close();
    ScratchDirectory.delete(root);
  }

  @Test
  @Order(1)
  void anOldCopyOfItsStateIsBroughtUpToDate() throws Exception {
    Path copy = root.resolve("copy");
    assertThat(instance.stop()).as("a clean stop within 10 s").isTrue();
    ScratchDirectory.copy(instance.state(), copy);
    start();
    publish();
    assertThat(drift()).isZero();
    instance.stop();
    instance.wipe();
    ScratchDirectory.copy(copy, instance.state());
    start();
    publish();
    assertThat(drift()).isZero();
  }

  @Test
  @Order(2)
  void offsetsThatWereLostDoNotCountAnythingAgain() {
    Map<String, Double> counted = received();
    instance.stop();
    Await.until("the group is deleted", PATIENCE, RestartTest::isGroupDeleted);
    start();
    Await.until("the group has offsets again", PATIENCE, () -> committed() >= sum(counted));
    assertThat(received()).isEqualTo(counted);
    assertThat(metrics().sum("creditflow_events_redelivered_total")).isZero();
    publish();
    assertThat(drift()).isZero();
    assertThat(sum(received())).isGreaterThan(sum(counted));
  }

  /** Each takes an offset, but is delivered to nobody. */
  @Test
  @Order(3)
  void theEndsOfUpstreamsTransactionsHoldNothingUp() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "upstream");
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var unused =
            producer.send(
                new ProducerRecord<>(Topics.LEAD_SOURCED, partition, null, new byte[] {7}));
      }
      producer.commitTransaction();
    }
    awaitAsOf(Instant.now());
    instance.stop();
    start();
    awaitAsOf(Instant.now());
  }

  private static void awaitAsOf(Instant instant) {
    ApiClient api = new ApiClient(instance.url(), cluster.token());
    Await.until(
        "answers are as of " + instant,
        Duration.ofSeconds(30),
        () -> {
          JsonNode answer = JSON.readTree(api.get("/v1/workspaces/w0/credits").body());
          return answer.has("asOf") && Instant.parse(answer.get("asOf").asText()).isAfter(instant);
        });
  }

  @Test
  @Order(4)
  void stateOfAnotherClusterIsRefused() throws Exception {
    instance.stop();
    Path noted = instance.state().resolve("kafka-cluster.id");
    String own = Files.readString(noted);
    Files.writeString(noted, "another");
    assertRefused("holds state of Kafka cluster another");
    Files.writeString(noted, own);
  }

  @Test
  @Order(5)
  void otherNumbersOfPartitionsAreRefused() throws Exception {
    NewPartitions more = NewPartitions.increaseTo(PARTITIONS + 1);
    admin
        .createPartitions(
            Topics.INPUTS.stream().collect(Collectors.toMap(topic -> topic, topic -> more)))
        .all()
        .get();
    assertRefused("counted 2 partitions, the input topics now have 3");
  }

  @Test
  @Order(6)
  void aChangelogThatIsGoneIsRefused() throws Exception {
    admin.deleteTopics(List.of(GROUP + "-credit-state-changelog")).all().get();
    assertRefused("does not exist, but group creditflow has committed offsets");
  }

  private static void assertRefused(String why) {
    instance.start();
    Await.until(
        () -> "the start is refused; it said:\n" + instance.tail(),
        PATIENCE,
        () -> !instance.isRunning());
    assertThat(instance.tail()).contains(why);
  }

  private static void start() {
    instance.start();
    instance.awaitReady();
  }

  private static void publish() {
    upstream.publish(PORTION);
    upstream.flush();
  }

  private static long committed() throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** As when they expire; members that went without a word are missed after some seconds. */
  private static boolean isGroupDeleted() throws InterruptedException {
    try {
      admin.deleteConsumerGroups(List.of(GROUP)).all().get();
      return true;
    } catch (ExecutionException notEmpty) {
      return false;
    }
  }

  private static Map<String, Double> received() {
    return metrics().values("creditflow_events_received_total");
  }

  private static double sum(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static MetricsScrape metrics() {
    try {
      return MetricsScrape.of("http://" + instance.address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int drift() {
    try (Audit audit = Audit.of(cluster, instance, 1)) {
      Audit.AuditReport report = audit.run(line -> {});
      System.out.println(report);
      return report.drift();
    }
  }
}
