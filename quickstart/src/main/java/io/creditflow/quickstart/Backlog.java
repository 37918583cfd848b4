package io.creditflow.quickstart;

import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The number of events that are published but not yet processed, from Kafka's end offsets and
 * committed offsets.
 */
final class Backlog implements AutoCloseable {
  private final Admin admin;
  private final String group;

  Backlog(String bootstrapServers, String group) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.group = group;
  }

  /** Waits until all events are processed; false if that takes longer than {@code patience}. */
  boolean awaitEmpty(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (size() > 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private long size() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> ends =
          admin.describeTopics(Topics.INPUTS).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(
                              partition -> new TopicPartition(topic.name(), partition.partition())))
              .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> end = admin.listOffsets(ends).all().get();
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return end.entrySet().stream()
          .mapToLong(
              entry -> {
                OffsetAndMetadata done = committed.get(entry.getKey());
                return entry.getValue().offset() - (done == null ? 0 : done.offset());
              })
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not return the offsets of the group", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
