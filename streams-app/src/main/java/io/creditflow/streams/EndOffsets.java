package io.creditflow.streams;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private static final long INTERVAL_MILLIS = 250;
  private static final int ENTRIES_MAX = 240;
  private static final long TIMEOUT_SECONDS = 10;

  /**
   * The replication time assumed for a record, in milliseconds. A leader sets the append time when
   * it appends a record, but consumers see the record only after the in-sync replicas have copied
   * it. So the end offset of a replicated topic may not include records appended within this time
   * before the request.
   */
  private static final long REPLICATION_MILLIS = 1_000;

  /**
   * How far {@link #now} and {@code asOf} lag behind the brokers' time, in milliseconds. This lag
   * exceeds the interval between requests, so that the time advances continuously, not only when
   * brokers answer: a later flush gets a later time.
   */
  private static final long LAG_MILLIS = INTERVAL_MILLIS + 50;

  /**
   * End offsets from one request.
   *
   * @param completeBefore the append time before which every record is below the end offsets,
   *     milliseconds since 1970
   * @param nanos when the request was sent, by {@link System#nanoTime}
   * @param byPartition end offsets; partitions without a leader are missing
   */
  record OffsetsSnapshot(long completeBefore, long nanos, Map<TopicPartition, Long> byPartition) {
    /** The brokers' time now, minus {@link #LAG_MILLIS}, milliseconds since 1970. */
    private long laggedNow() {
      return completeBefore + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos) - LAG_MILLIS;
    }

    private boolean isReached(TopicPartition partition, SourcePosition position) {
      return position.nextOffset() >= byPartition.getOrDefault(partition, Long.MAX_VALUE);
    }
  }

  private final int partitions;
  private final Deque<OffsetsSnapshot> newestFirst = new ArrayDeque<>();
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
    var unused =
        poller.scheduleWithFixedDelay(this::poll, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      if (replicationMillis < 0) {
        replicationMillis = isReplicated() ? REPLICATION_MILLIS : 0;
      }
      long completeBefore = clock.now() - replicationMillis;
      long nanos = System.nanoTime();
      List<TopicPartition> wanted = new ArrayList<>();
      for (String topic : Topics.INPUTS) {
        for (int i = 0; i < partitions; i++) {
          wanted.add(new TopicPartition(topic, i));
        }
      }
      Map<TopicPartition, Long> ends = OffsetLookup.ask(admin, wanted, OffsetSpec.latest());
      remember(new OffsetsSnapshot(completeBefore, nanos, ends));
      failing = false;
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      if (!failing) {
        LOG.warn("Cannot fetch end offsets; retrying: {}", failure.toString());
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
  synchronized void remember(OffsetsSnapshot snapshot) {
    newestFirst.removeIf(earlier -> earlier.completeBefore > snapshot.completeBefore);
    newestFirst.addFirst(snapshot);
    if (newestFirst.size() > ENTRIES_MAX) {
      newestFirst.removeLast();
    }
  }

  /**
   * The append time before which every record of the partition, in all topics, is below the given
   * positions, in milliseconds since 1970; 0 while it is not known.
   *
   * @param positions by topic, the position up to which the partition's records were counted
   */
  public synchronized long asOf(int partition, Map<String, SourcePosition> positions) {
    long asOf = newestFirst.isEmpty() ? Long.MAX_VALUE : newestFirst.getFirst().laggedNow();
    for (String topic : Topics.INPUTS) {
      SourcePosition position = positions.getOrDefault(topic, SourcePosition.START);
      asOf = Math.min(asOf, asOf(new TopicPartition(topic, partition), position));
    }
    return asOf;
  }

  /** The brokers' time, late by {@link #LAG_MILLIS}, milliseconds since 1970; empty if unknown. */
  synchronized OptionalLong now() {
    return newestFirst.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(newestFirst.getFirst().laggedNow());
  }

  /**
   * The append time before which every record of one topic's partition is below the position. It is
   * that of the latest end offsets that the position has reached. If it has reached none, every
   * record before the last counted one is below the position, so it is that record's append time.
   * That holds only if the append time is credible: if it is later than the brokers' time, a
   * broker's clock is or was ahead, and the result is 0.
   */
  private long asOf(TopicPartition partition, SourcePosition position) {
    for (OffsetsSnapshot snapshot : newestFirst) {
      if (snapshot.isReached(partition, position)) {
        return Math.max(snapshot.completeBefore, position.appendedAt());
      }
    }
    return newestFirst.isEmpty() || position.appendedAt() <= newestFirst.getFirst().completeBefore
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
