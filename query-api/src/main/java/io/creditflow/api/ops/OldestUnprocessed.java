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
 * Determines how long the oldest unprocessed record of each partition has waited. Fetches each such
 * record once and remembers its timestamp. If only transaction markers are left, which also occupy
 * offsets, no record waits.
 */
public final class OldestUnprocessed implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Map<TopicPartition, Lookup> known = new HashMap<>();

  /**
   * @param atMillis the timestamp of the record; {@link #NOTHING} if no record is left from the
   *     offset to the end
   */
  private record Lookup(long offset, long end, long atMillis) {
    static final long NOTHING = -1;

    /**
     * Whether the result is still valid. Without a record, it is valid until the end offset
     * changes.
     */
    boolean isCurrent(long next, long newEnd) {
      return offset == next && (atMillis != NOTHING || end == newEnd);
    }
  }

  /**
   * @param consumer used by this object only; has no group id
   */
  public OldestUnprocessed(Consumer<byte[], byte[]> consumer, Clock clock) {
    this.consumer = consumer;
    this.clock = clock;
  }

  /**
   * @param next the first unprocessed offset of each partition that has one
   * @param ends the end offset of each partition
   * @return by partition, the age of the record in seconds, 0 if none is left; no entry if unknown
   */
  Map<TopicPartition, Long> secondsOf(
      Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
    known.keySet().retainAll(next.keySet());
    Set<TopicPartition> unknown = new HashSet<>();
    next.forEach(
        (partition, offset) -> {
          Lookup lookup = known.get(partition);
          if (lookup == null || !lookup.isCurrent(offset, ends.get(partition))) {
            unknown.add(partition);
          }
        });
    if (!unknown.isEmpty()) {
      fetch(unknown, next, ends);
    }
    Map<TopicPartition, Long> seconds = new HashMap<>();
    known.forEach(
        (partition, lookup) ->
            seconds.put(
                partition,
                lookup.atMillis() == Lookup.NOTHING
                    ? 0
                    : Math.max(0, clock.millis() - lookup.atMillis()) / 1000));
    return seconds;
  }

  /** Whether the last lookup found only transaction markers up to the end offset. */
  boolean hasNoRecordLeft(TopicPartition partition) {
    Lookup lookup = known.get(partition);
    return lookup != null && lookup.atMillis() == Lookup.NOTHING;
  }

  private void fetch(
      Set<TopicPartition> unknown, Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
    known.keySet().removeAll(unknown);
    consumer.assign(unknown);
    unknown.forEach(partition -> consumer.seek(partition, next.get(partition)));
    long until = System.nanoTime() + 3 * POLL_TIMEOUT.toNanos();
    Set<TopicPartition> missing = new HashSet<>(unknown);
    while (!missing.isEmpty() && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (missing.remove(partition)) {
          known.put(partition, lookup(partition, next, ends, record.timestamp()));
          consumer.pause(Set.of(partition));
        }
      }
      missing.removeIf(
          partition -> {
            boolean isEmpty = consumer.position(partition) >= ends.get(partition);
            if (isEmpty) {
              known.put(partition, lookup(partition, next, ends, Lookup.NOTHING));
            }
            return isEmpty;
          });
    }
    consumer.unsubscribe();
  }

  private static Lookup lookup(
      TopicPartition partition,
      Map<TopicPartition, Long> next,
      Map<TopicPartition, Long> ends,
      long atMillis) {
    return new Lookup(next.get(partition), ends.get(partition), atMillis);
  }

  @Override
  public void close() {
    consumer.wakeup();
  }
}
