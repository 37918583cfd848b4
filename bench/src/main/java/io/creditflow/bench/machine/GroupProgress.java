package io.creditflow.bench.machine;

import io.creditflow.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The progress of a consumer group, from its committed offsets. */
public final class GroupProgress {
  /** The topics whose records are the events that are timed. */
  private static final List<String> EVENTS = List.of(Topics.LEAD_SOURCED, Topics.PHONE_REVEALED);

  private final Admin admin;
  private final String group;

  public GroupProgress(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /** The number of committed records of lead-sourced and phone-revealed. */
  public long committedEvents() throws Exception {
    return committed().entrySet().stream()
        .filter(entry -> EVENTS.contains(entry.getKey().topic()))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** Whether all topics that the group reads are fully processed, internal topics included. */
  public boolean isDone() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed = committed();
    Map<TopicPartition, OffsetSpec> latest =
        committed.keySet().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    var ends = admin.listOffsets(latest).all().get();
    return committed.entrySet().stream()
        .allMatch(entry -> ends.get(entry.getKey()).offset() <= entry.getValue().offset());
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    committed.values().removeIf(offset -> offset == null);
    return committed;
  }
}
