package io.creditflow.api.ops;

import io.creditflow.schemas.Topics;
import io.creditflow.streams.OffsetLookup;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the difference between each broker's clock and the clock of this instance. The leader of
 * a partition sets the append time of a record. If a record arrives after a known instant but has
 * an earlier append time, the leader's clock is behind. If a clock is behind by minutes, valid
 * events seem to come from the future and are rejected. {@link #measure} is for one thread, {@link
 * #clocks} is thread-safe.
 */
public final class BrokerClocks {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerClocks.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration VALID_FOR = Duration.ofMinutes(5);
  private static final long LOGGED_ABOVE_SECONDS = 30;

  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final List<TopicPartition> inputs;
  private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();
  private Ends lastEnds;

  /**
   * The end offsets of partitions.
   *
   * @param atMillis when they were requested, by this instance's clock
   */
  private record Ends(long atMillis, Map<TopicPartition, Long> offsets) {}

  private record Reading(BrokerClock clock, long atNanos) {}

  /**
   * The clock of one broker.
   *
   * @param address {@code host:port}
   * @param behindSeconds the minimum by which the clock is behind this instance's; negative if it
   *     is ahead
   */
  public record BrokerClock(int broker, String address, long behindSeconds) {}

  /**
   * @param consumer used by this object only; has no group id, and reads uncommitted records
   *     because an open transaction would delay committed ones
   */
  public BrokerClocks(Admin admin, Consumer<byte[], byte[]> consumer, int partitions, Clock clock) {
    this.admin = admin;
    this.consumer = consumer;
    this.clock = clock;
    this.inputs =
        Topics.INPUTS.stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)))
            .toList();
  }

  /** The clocks of brokers that have received records within the last minutes. */
  public Collection<BrokerClock> clocks() {
    long now = System.nanoTime();
    return readings.values().stream()
        .filter(reading -> now - reading.atNanos() < VALID_FOR.toNanos())
        .map(Reading::clock)
        .toList();
  }

  /** Reads one record of each broker that was appended since the previous call. */
  public void measure() {
    try {
      long requestedAt = clock.millis();
      Ends now =
          new Ends(
              requestedAt,
              OffsetLookup.ask(
                  admin, inputs, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
      Ends previous = lastEnds;
      lastEnds = now;
      if (previous != null) {
        read(partitionsWithNewRecords(previous.offsets(), now.offsets()), previous.atMillis());
      }
    } catch (ExecutionException | TimeoutException | KafkaException unavailable) {
      LOG.debug("The brokers' clocks cannot be measured now", unavailable);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** For each leader one partition that has new records, with the offset of the first of them. */
  private Map<TopicPartition, NewRecords> partitionsWithNewRecords(
      Map<TopicPartition, Long> previous, Map<TopicPartition, Long> now) {
    Map<Integer, TopicPartition> chosen = new HashMap<>();
    Map<TopicPartition, NewRecords> newRecords = new HashMap<>();
    for (TopicPartition partition : inputs) {
      Long from = previous.get(partition);
      Long end = now.get(partition);
      if (from != null && end != null && end > from) {
        Node leader = leaderOf(partition);
        if (leader != null && chosen.putIfAbsent(leader.id(), partition) == null) {
          newRecords.put(partition, new NewRecords(leader, from));
        }
      }
    }
    return newRecords;
  }

  private record NewRecords(Node leader, long from) {}

  /** The leader of a partition; null if it has none. */
  private Node leaderOf(TopicPartition partition) {
    return consumer.partitionsFor(partition.topic()).stream()
        .filter(info -> info.partition() == partition.partition())
        .map(PartitionInfo::leader)
        .filter(leader -> leader != null && !leader.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private void read(Map<TopicPartition, NewRecords> newRecords, long sinceMillis) {
    consumer.assign(newRecords.keySet());
    newRecords.forEach((partition, records) -> consumer.seek(partition, records.from()));
    Set<TopicPartition> missing = new HashSet<>(newRecords.keySet());
    long until = System.nanoTime() + READ_TIMEOUT.toNanos();
    while (!missing.isEmpty() && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (missing.remove(partition)) {
          updateClock(newRecords.get(partition).leader(), record.timestamp(), sinceMillis);
        }
      }
    }
    consumer.unsubscribe();
  }

  /**
   * Records the clock of one broker.
   *
   * @param appendedMillis an append time that the broker set between {@code sinceMillis} and now
   * @param sinceMillis a lower bound of the true append time, by this instance's clock
   */
  private void updateClock(Node broker, long appendedMillis, long sinceMillis) {
    long behindMillis =
        Math.max(0, sinceMillis - appendedMillis) - Math.max(0, appendedMillis - clock.millis());
    BrokerClock now =
        new BrokerClock(broker.id(), broker.host() + ":" + broker.port(), behindMillis / 1000);
    Reading previous = readings.put(broker.id(), new Reading(now, System.nanoTime()));
    boolean wasWrong = previous != null && isLogged(previous.clock());
    if (isLogged(now) && !wasWrong) {
      LOG.warn(
          "The clock of broker {} ({}) is {} s {} this machine's;"
              + " whether events are accepted depends on its append times",
          now.broker(),
          now.address(),
          Math.abs(now.behindSeconds()),
          now.behindSeconds() > 0 ? "behind" : "ahead of");
    }
  }

  private static boolean isLogged(BrokerClock clock) {
    return Math.abs(clock.behindSeconds()) > LOGGED_ABOVE_SECONDS;
  }
}
