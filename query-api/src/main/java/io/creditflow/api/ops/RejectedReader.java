package io.creditflow.api.ops;

import io.creditflow.answer.Page;
import io.creditflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads {@code rejected-events} backwards, newest first, in bounded steps. Not thread-safe: its
 * consumer is not.
 */
final class RejectedReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int STEPS_MAX = 12;

  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param consumer of its own, without a group, reading committed records only
   */
  RejectedReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * A rejected record.
   *
   * @param topic where it came from; null if its header lacks, as of all others
   * @param at when it was rejected, RFC 3339
   */
  record Item(
      String topic, Integer partition, Long offset, String reason, String detail, String at) {}

  private record Found(int partition, long offset, long timestamp, Item item) {}

  /**
   * @param before offsets from which on, by partition, all was shown already; empty for the newest
   */
  Page<Item> newestBefore(Map<Integer, Long> before, int limit) {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> upper = new HashMap<>();
    partitions.forEach(
        partition ->
            upper.put(
                partition,
                Math.min(
                    ends.get(partition),
                    before.getOrDefault(partition.partition(), Long.MAX_VALUE))));
    List<Found> found = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      found.addAll(tail(partition, begins.get(partition), upper.get(partition), limit + 1));
    }
    found.sort(
        Comparator.comparingLong(Found::timestamp)
            .thenComparingLong(Found::offset)
            .thenComparingInt(Found::partition)
            .reversed());
    List<Found> shown = found.subList(0, Math.min(limit, found.size()));
    Map<Integer, Long> next = new TreeMap<>();
    upper.forEach((partition, offset) -> next.put(partition.partition(), offset));
    shown.forEach(one -> next.merge(one.partition(), one.offset(), Math::min));
    return new Page<>(
        shown.stream().map(Found::item).toList(),
        found.size() > limit ? RejectedCursor.encode(next) : null);
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(Topics.REJECTED_EVENTS)) {
      partitions.add(new TopicPartition(info.topic(), info.partition()));
    }
    return partitions;
  }

  /** The last records below an offset. Markers take offsets too, so it may take several steps. */
  private Collection<Found> tail(TopicPartition partition, long begin, long upper, int count) {
    List<Found> found = new ArrayList<>();
    long to = upper;
    long width = count * 2L;
    for (int step = 0; step < STEPS_MAX && to > begin && found.size() < count; step++) {
      long from = Math.max(begin, to - width);
      found.addAll(0, range(partition, from, to));
      to = from;
      width *= 2;
    }
    return found.subList(Math.max(0, found.size() - count), found.size());
  }

  private List<Found> range(TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    List<Found> found = new ArrayList<>();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) < to && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          found.add(
              new Found(record.partition(), record.offset(), record.timestamp(), itemOf(record)));
        }
      }
    }
    return found;
  }

  private static Item itemOf(ConsumerRecord<byte[], byte[]> record) {
    return new Item(
        text(record, "source.topic"),
        whole(text(record, "source.partition")) == null
            ? null
            : whole(text(record, "source.partition")).intValue(),
        whole(text(record, "source.offset")),
        text(record, "reason"),
        text(record, "detail"),
        text(record, "rejected.at"));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Long whole(String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
