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
 * How far the clocks of the brokers are from this instance's. A partition's leader stamps what is
 * appended; a record that came after a moment and bears an earlier time was stamped by a clock that
 * is behind, and all that a clock some minutes behind stamps seems to be of the future. {@link
 * #look} is for one thread, the rest for any.
 */
public final class BrokerClocks {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerClocks.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final long WORTH_A_LINE_SECONDS = 30;

  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final List<TopicPartition> inputs;
  private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();
  private Ends before;

  /** Where partitions ended, or later, at a moment by this instance's clock. */
  private record Ends(long atMillis, Map<TopicPartition, Long> offsets) {}

  private record Reading(BrokerClock clock, long atNanos) {}

  /**
   * One broker's clock.
   *
   * @param address {@code host:port}
   * @param behindSeconds behind this instance's at least; negative if it is ahead
   */
  public record BrokerClock(int broker, String address, long behindSeconds) {}

  /**
   * @param consumer of its own, without a group, reading uncommitted records, too: an open
   *     transaction must not make them late
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

  /** As far as records came within the last minutes. */
  public Collection<BrokerClock> clocks() {
    long now = System.nanoTime();
    return readings.values().stream()
        .filter(reading -> now - reading.atNanos() < KEPT.toNanos())
        .map(Reading::clock)
        .toList();
  }

  /** Looks at one record of each broker that has come since the look before. */
  public void look() {
    try {
      long askedAt = clock.millis();
      Ends now =
          new Ends(
              askedAt,
              OffsetLookup.ask(
                  admin, inputs, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
      Ends last = before;
      before = now;
      if (last != null) {
        read(grown(last.offsets(), now.offsets()), last.atMillis());
      }
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      LOG.debug("Brokers' clocks cannot be seen just now", away);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** One partition of each leader that has more than before, and where the new records begin. */
  private Map<TopicPartition, NewRecords> grown(
      Map<TopicPartition, Long> last, Map<TopicPartition, Long> now) {
    Map<Integer, TopicPartition> chosen = new HashMap<>();
    Map<TopicPartition, NewRecords> grown = new HashMap<>();
    for (TopicPartition partition : inputs) {
      Long from = last.get(partition);
      Long end = now.get(partition);
      if (from != null && end != null && end > from) {
        Node leader = leaderOf(partition);
        if (leader != null && chosen.putIfAbsent(leader.id(), partition) == null) {
          grown.put(partition, new NewRecords(leader, from));
        }
      }
    }
    return grown;
  }

  private record NewRecords(Node leader, long from) {}

  /** Null if there is none. */
  private Node leaderOf(TopicPartition partition) {
    return consumer.partitionsFor(partition.topic()).stream()
        .filter(info -> info.partition() == partition.partition())
        .map(PartitionInfo::leader)
        .filter(leader -> leader != null && !leader.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private void read(Map<TopicPartition, NewRecords> grown, long sinceMillis) {
    consumer.assign(grown.keySet());
    grown.forEach((partition, records) -> consumer.seek(partition, records.from()));
    Set<TopicPartition> missing = new HashSet<>(grown.keySet());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty() && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (missing.remove(partition)) {
          note(grown.get(partition).leader(), record.timestamp(), sinceMillis);
        }
      }
    }
    consumer.unsubscribe();
  }

  /**
   * @param stampedMillis by the broker, between the other moment and now
   */
  private void note(Node broker, long stampedMillis, long sinceMillis) {
    long behindMillis =
        Math.max(0, sinceMillis - stampedMillis) - Math.max(0, stampedMillis - clock.millis());
    BrokerClock now =
        new BrokerClock(broker.id(), broker.host() + ":" + broker.port(), behindMillis / 1000);
    Reading last = readings.put(broker.id(), new Reading(now, System.nanoTime()));
    boolean wasWrong = last != null && isWorthALine(last.clock());
    if (isWorthALine(now) && !wasWrong) {
      LOG.warn(
          "The clock of broker {} ({}) is {} s {} this machine's: events are accepted by its append times",
          now.broker(),
          now.address(),
          Math.abs(now.behindSeconds()),
          now.behindSeconds() > 0 ? "behind" : "ahead of");
    }
  }

  private static boolean isWorthALine(BrokerClock clock) {
    return Math.abs(clock.behindSeconds()) > WORTH_A_LINE_SECONDS;
  }
}
