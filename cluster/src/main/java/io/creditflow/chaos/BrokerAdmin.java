package io.creditflow.chaos;

import io.creditflow.api.configuration.Settings;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Admin requests to the brokers. Brokers may be down because of a fault, so requests may have no
 * result.
 */
final class BrokerAdmin {
  private static final String GROUP = Settings.APPLICATION_ID.defaultText();
  private static final String TOPIC = Topics.LEAD_SOURCED;
  private static final int PATIENCE_SECONDS = 5;

  private final String bootstrapServers;
  private final int brokers;

  BrokerAdmin(String bootstrapServers, int brokers) {
    this.bootstrapServers = bootstrapServers;
    this.brokers = brokers;
  }

  /** A request to the brokers. */
  private interface AdminRequest<T> {
    KafkaFuture<T> send(Admin admin);
  }

  /** The node that leads the metadata quorum; empty if no broker answers. */
  OptionalInt controller() {
    return answer(admin -> admin.describeMetadataQuorum().quorumInfo())
        .map(quorum -> OptionalInt.of(quorum.leaderId()))
        .orElseGet(OptionalInt::empty);
  }

  /** The node that coordinates the group; empty if no broker answers. */
  OptionalInt coordinator() {
    return answer(admin -> admin.describeConsumerGroups(List.of(GROUP)).all())
        .map(groups -> OptionalInt.of(groups.get(GROUP).coordinator().id()))
        .orElseGet(OptionalInt::empty);
  }

  /**
   * Reduces an input partition to one replica, so that it has no leader while that node is down.
   */
  void keepOnly(int partition, int nodeId) {
    reassign(Map.of(partition, List.of(nodeId)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (isBeingReassigned() && System.nanoTime() < deadline) {
      Await.pause(100);
    }
  }

  /**
   * Assigns partitions that {@link #keepOnly} reduced to all brokers again, if the brokers answer.
   */
  void replicateAgain() {
    List<Integer> all = IntStream.rangeClosed(1, brokers).boxed().toList();
    Map<Integer, List<Integer>> replicas = new HashMap<>();
    partitions().stream()
        .filter(one -> one.replicas().size() < brokers)
        .forEach(one -> replicas.put(one.partition(), all));
    if (!replicas.isEmpty()) {
      reassign(replicas);
    }
  }

  /** Repeats {@link #replicateAgain} until every replica is in sync. */
  void awaitReplicated() {
    Await.until(
        "every partition of " + TOPIC + " is in sync on all brokers",
        Duration.ofMinutes(2),
        () -> {
          replicateAgain();
          List<TopicPartitionInfo> now = partitions();
          return !now.isEmpty() && now.stream().allMatch(one -> one.isr().size() == brokers);
        });
  }

  private List<TopicPartitionInfo> partitions() {
    return answer(admin -> admin.describeTopics(List.of(TOPIC)).allTopicNames())
        .map(topics -> topics.get(TOPIC).partitions())
        .orElse(List.of());
  }

  private void reassign(Map<Integer, List<Integer>> replicas) {
    Map<TopicPartition, Optional<NewPartitionReassignment>> wanted = new HashMap<>();
    replicas.forEach(
        (partition, nodes) ->
            wanted.put(
                new TopicPartition(TOPIC, partition),
                Optional.of(new NewPartitionReassignment(nodes))));
    var unused =
        answer(admin -> admin.alterPartitionReassignments(wanted).all().thenApply(none -> true));
  }

  private boolean isBeingReassigned() {
    return answer(admin -> admin.listPartitionReassignments().reassignments())
        .map(under -> !under.isEmpty())
        .orElse(false);
  }

  private <T> Optional<T> answer(AdminRequest<T> request) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return Optional.of(request.send(admin).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
