package io.creditflow.api.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells how long the oldest unprocessed record of a partition has waited, by looking at that
 * record. Looked up once per record: an age then grows by itself.
 */
public final class OldestWaiting implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Map<TopicPartition, Arrived> known = new HashMap<>();

  private record Arrived(long offset, long atMillis) {}

  /**
   * @param consumer of its own, without a group
   */
  public OldestWaiting(Consumer<byte[], byte[]> consumer, Clock clock) {
    this.consumer = consumer;
    this.clock = clock;
  }

  /**
   * @param next the first unprocessed offset of each partition that has one
   * @return seconds since it arrived, where that could be told
   */
  Map<TopicPartition, Long> secondsOf(Map<TopicPartition, Long> next) {
    known.keySet().retainAll(next.keySet());
    Set<TopicPartition> unknown = new HashSet<>();
    next.forEach(
        (partition, offset) -> {
          Arrived arrived = known.get(partition);
          if (arrived == null || arrived.offset() != offset) {
            unknown.add(partition);
          }
        });
    if (!unknown.isEmpty()) {
      look(unknown, next);
    }
    Map<TopicPartition, Long> seconds = new HashMap<>();
    known.forEach(
        (partition, arrived) ->
            seconds.put(partition, Math.max(0, clock.millis() - arrived.atMillis()) / 1000));
    return seconds;
  }

  private void look(Set<TopicPartition> unknown, Map<TopicPartition, Long> next) {
    known.keySet().removeAll(unknown);
    consumer.assign(unknown);
    unknown.forEach(partition -> consumer.seek(partition, next.get(partition)));
    long until = System.nanoTime() + 3 * LOOK.toNanos();
    Set<TopicPartition> missing = new HashSet<>(unknown);
    while (!missing.isEmpty() && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (missing.remove(partition)) {
          known.put(partition, new Arrived(next.get(partition), record.timestamp()));
          consumer.pause(Set.of(partition));
        }
      }
    }
    consumer.unsubscribe();
  }

  @Override
  public void close() {
    consumer.wakeup();
  }
}
