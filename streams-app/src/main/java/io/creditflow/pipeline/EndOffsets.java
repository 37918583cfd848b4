package io.creditflow.pipeline;

import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the input topics end, asked of the broker again and again, so that it can be told at any
 * time up to which append time a partition has been counted: {@code asOf}. The last minute's
 * answers are kept, because a partition that is behind now may have been level with one of them.
 */
public final class EndOffsets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);
  private static final long EVERY_MILLIS = 250;
  private static final int KEPT = 240;
  private static final long TIMEOUT_SECONDS = 10;

  /**
   * A leader stamps a record when it comes, but shows it only when its followers have it, too: so
   * what a replicated topic shows is complete only up to a moment ago.
   */
  private static final long REPLICATION_MILLIS = 1_000;

  /**
   * @param askedAt every record appended before this is within the offsets
   */
  private record Ends(long askedAt, Map<TopicPartition, Long> byPartition) {}

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

  /** Begins to ask; takes the client over and closes it. */
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
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (String topic : Topics.INPUTS) {
        for (int i = 0; i < partitions; i++) {
          wanted.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      remember(new Ends(askedAt, ends));
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

  private synchronized void remember(Ends ends) {
    newestFirst.addFirst(ends);
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /**
   * The append time before which every record of the partition, over all topics, is reflected by
   * these positions; 0 while that cannot be said. Milliseconds since 1970.
   */
  public long asOf(int partition, Map<String, Reached> positions) {
    long asOf = Long.MAX_VALUE;
    for (String topic : Topics.INPUTS) {
      Reached reached = positions.getOrDefault(topic, new Reached(0, 0));
      asOf = Math.min(asOf, asOf(new TopicPartition(topic, partition), reached));
    }
    return asOf;
  }

  private synchronized long asOf(TopicPartition partition, Reached reached) {
    Iterator<Ends> newest = newestFirst.iterator();
    while (newest.hasNext()) {
      Ends ends = newest.next();
      if (reached.nextOffset() >= ends.byPartition.getOrDefault(partition, Long.MAX_VALUE)) {
        return Math.max(ends.askedAt, reached.appendedAt());
      }
    }
    return reached.appendedAt();
  }

  /** Records appended after these positions, over all topics; 0 while that cannot be said. */
  public synchronized long behind(int partition, Map<String, Reached> positions) {
    if (newestFirst.isEmpty()) {
      return 0;
    }
    long behind = 0;
    for (String topic : Topics.INPUTS) {
      long end =
          newestFirst.getFirst().byPartition.getOrDefault(new TopicPartition(topic, partition), 0L);
      long next = positions.getOrDefault(topic, new Reached(0, 0)).nextOffset();
      behind += Math.max(0, end - next);
    }
    return behind;
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.shutdownNow();
      admin.close(Duration.ofSeconds(2));
    }
  }
}
