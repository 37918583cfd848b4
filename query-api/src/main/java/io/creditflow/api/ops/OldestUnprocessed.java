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
 * record. Looked up once per record: an age then grows by itself. Where only a transaction's
 * markers are left, which take offsets too, nothing waits.
 */
public final class OldestUnprocessed implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Map<TopicPartition, Arrived> known = new HashMap<>();

  /**
   * @param atMillis {@link #NOTHING} if no record is left from the offset to the end
   */
  private record Arrived(long offset, long end, long atMillis) {
    static final long NOTHING = -1;

    boolean isStill(long next, long newEnd) {
      return offset == next && (atMillis != NOTHING || end == newEnd);
    }
  }

  /**
   * @param consumer of its own, without a group
   */
  public OldestUnprocessed(Consumer<byte[], byte[]> consumer, Clock clock) {
    this.consumer = consumer;
    this.clock = clock;
  }

  /**
   * @param next the first unprocessed offset of each partition that has one
   * @param ends where the partitions end
   * @return seconds since it arrived, where that is known
   */
  Map<TopicPartition, Long> secondsOf(
      Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
    known.keySet().retainAll(next.keySet());
    Set<TopicPartition> unknown = new HashSet<>();
    next.forEach(
        (partition, offset) -> {
          Arrived arrived = known.get(partition);
          if (arrived == null || !arrived.isStill(offset, ends.get(partition))) {
            unknown.add(partition);
          }
        });
    if (!unknown.isEmpty()) {
      look(unknown, next, ends);
    }
    Map<TopicPartition, Long> seconds = new HashMap<>();
    known.forEach(
        (partition, arrived) ->
            seconds.put(
                partition,
                arrived.atMillis() == Arrived.NOTHING
                    ? 0
                    : Math.max(0, clock.millis() - arrived.atMillis()) / 1000));
    return seconds;
  }

  /** Whether it was found that no record waits, though there are offsets left. */
  boolean isEmpty(TopicPartition partition) {
    Arrived arrived = known.get(partition);
    return arrived != null && arrived.atMillis() == Arrived.NOTHING;
  }

  private void look(
      Set<TopicPartition> unknown, Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
    known.keySet().removeAll(unknown);
    consumer.assign(unknown);
    unknown.forEach(partition -> consumer.seek(partition, next.get(partition)));
    long until = System.nanoTime() + 3 * LOOK.toNanos();
    Set<TopicPartition> missing = new HashSet<>(unknown);
    while (!missing.isEmpty() && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (missing.remove(partition)) {
          known.put(partition, arrived(partition, next, ends, record.timestamp()));
          consumer.pause(Set.of(partition));
        }
      }
      missing.removeIf(
          partition -> {
            boolean isEmpty = consumer.position(partition) >= ends.get(partition);
            if (isEmpty) {
              known.put(partition, arrived(partition, next, ends, Arrived.NOTHING));
            }
            return isEmpty;
          });
    }
    consumer.unsubscribe();
  }

  private static Arrived arrived(
      TopicPartition partition,
      Map<TopicPartition, Long> next,
      Map<TopicPartition, Long> ends,
      long atMillis) {
    return new Arrived(next.get(partition), ends.get(partition), atMillis);
  }

  @Override
  public void close() {
    consumer.wakeup();
  }
}
