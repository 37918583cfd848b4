package io.creditflow.streams;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end offsets of the input topics, fetched four times a second. From them the owner of a
 * partition derives {@code asOf}, the append time before which it has counted every record. The end
 * offsets of the last minute are kept, because a partition that has not reached the latest end
 * offset may have reached an earlier one. Thread-safe.
 */
public final class EndOffsets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);
  private static final long EVERY_MILLIS = 250;
  private static final int KEPT = 240;
  private static final long TIMEOUT_SECONDS = 10;

  /**
   * A leader stamps a record when it appends it, but consumers see the record only after the
   * in-sync replicas have it, too. So the end offset of a replicated topic covers the records that
   * were appended up to this time ago, but perhaps not later ones.
   */
  private static final long REPLICATION_MILLIS = 1_000;

  /**
   * The reported time lags by this much. It then advances continuously and not only when brokers
   * answer, so of two flushes the later one has the later time.
   */
  private static final long LATE_MILLIS = EVERY_MILLIS + 50;

  /**
   * End offsets from one request.
   *
   * @param askedAt append time before which every record is below the end offsets, milliseconds
   *     since 1970
   * @param nanos when the request was sent, by {@link System#nanoTime}
   * @param byPartition end offsets; partitions without a leader are missing
   */
  record Ends(long askedAt, long nanos, Map<TopicPartition, Long> byPartition) {
    private long momentAgo() {
      return askedAt + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos) - LATE_MILLIS;
    }

    private boolean isReached(TopicPartition partition, SourcePosition position) {
      return position.nextOffset() >= byPartition.getOrDefault(partition, Long.MAX_VALUE);
    }
  }

  private final int partitions;
  private final Deque<Ends> newestFirst = new ArrayDeque<>();
  private ScheduledExecutorService poller;
  private Admin admin;
  private ClusterClock clock;
  private long replicationMillis = -1;
  private boolean failing;

  public EndOffsets(int partitions) {
    this.partitions = partitions;
  }

  /** Starts to fetch end offsets. Closes the client on {@link #close}. */
  void start(Admin client) {
    admin = client;
    clock = new ClusterClock(client);
    poller =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "creditflow-end-offsets");
              thread.setDaemon(true);
              return thread;
            });
    var unused = poller.scheduleWithFixedDelay(this::poll, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      if (replicationMillis < 0) {
        replicationMillis = isReplicated() ? REPLICATION_MILLIS : 0;
      }
      long askedAt = clock.now() - replicationMillis;
      long nanos = System.nanoTime();
      List<TopicPartition> wanted = new ArrayList<>();
      for (String topic : Topics.INPUTS) {
        for (int i = 0; i < partitions; i++) {
          wanted.add(new TopicPartition(topic, i));
        }
      }
      Map<TopicPartition, Long> ends = OffsetLookup.ask(admin, wanted, OffsetSpec.latest());
      remember(new Ends(askedAt, nanos, ends));
      failing = false;
    } catch (ExecutionException | TimeoutException | RuntimeException away) {
      if (!failing) {
        LOG.warn("Cannot ask the broker for end offsets; will go on trying: {}", away.toString());
        failing = true;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReplicated() throws ExecutionException, InterruptedException, TimeoutException {
    return admin
        .describeTopics(Topics.INPUTS)
        .allTopicNames()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .values()
        .stream()
        .flatMap(topic -> topic.partitions().stream())
        .anyMatch(partition -> partition.replicas().size() > 1);
  }

  /** Adds end offsets. If the brokers' clock has stepped back, drops those with a later time. */
  synchronized void remember(Ends ends) {
    newestFirst.removeIf(earlier -> earlier.askedAt > ends.askedAt);
    newestFirst.addFirst(ends);
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /**
   * The append time before which every record of the partition, in all topics, is below the given
   * positions, in milliseconds since 1970; 0 while it is not known.
   *
   * @param positions by topic, how far the records of the partition were counted
   */
  public synchronized long asOf(int partition, Map<String, SourcePosition> positions) {
    long asOf = newestFirst.isEmpty() ? Long.MAX_VALUE : newestFirst.getFirst().momentAgo();
    for (String topic : Topics.INPUTS) {
      SourcePosition position = positions.getOrDefault(topic, SourcePosition.NOTHING);
      asOf = Math.min(asOf, asOf(new TopicPartition(topic, partition), position));
    }
    return asOf;
  }

  /** The brokers' time or a moment before, milliseconds since 1970; empty while not known. */
  synchronized OptionalLong now() {
    return newestFirst.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(newestFirst.getFirst().momentAgo());
  }

  private long asOf(TopicPartition partition, SourcePosition position) {
    Iterator<Ends> newest = newestFirst.iterator();
    while (newest.hasNext()) {
      Ends ends = newest.next();
      if (ends.isReached(partition, position)) {
        return Math.max(ends.askedAt, position.appendedAt());
      }
    }
    return newestFirst.isEmpty() || position.appendedAt() <= newestFirst.getFirst().askedAt
        ? position.appendedAt()
        : 0;
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.shutdownNow();
      admin.close(Duration.ZERO); // nothing waits for its requests
    }
  }
}
