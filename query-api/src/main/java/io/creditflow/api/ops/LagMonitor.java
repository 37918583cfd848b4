package io.creditflow.api.ops;

import io.creditflow.api.ops.LagReport.PartitionLag;
import io.creditflow.api.ops.LagStatus.Sample;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how far the whole group is behind, from the offsets in the broker: also seen when all
 * other instances are dead. An upstream's open transaction is not yet there: nobody could read it.
 */
public final class LagMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);
  private static final int WINDOW = 30; // samples
  private static final long TIMEOUT_SECONDS = 10;
  private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

  private final Admin admin;
  private final String group;
  private final int partitions;
  private final IntFunction<String> ownerOf;
  private final OldestWaiting oldest;
  private final Duration every;
  private final Map<TopicPartition, Deque<Sample>> windows = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "creditflow-lag");
            thread.setDaemon(true);
            return thread;
          });
  private volatile LagReport report;
  private volatile long lookedAtNanos;
  private boolean isFailing;

  /**
   * @param ownerOf the instance that processes a partition, null if nobody does
   * @param oldest tells the age of waiting records
   * @param every how often to look; statuses judge the last 30 looks
   */
  public LagMonitor(
      Admin admin,
      String group,
      int partitions,
      IntFunction<String> ownerOf,
      OldestWaiting oldest,
      Duration every) {
    this.admin = admin;
    this.group = group;
    this.partitions = partitions;
    this.ownerOf = ownerOf;
    this.oldest = oldest;
    this.every = every;
  }

  public void start() {
    var unused = clock.scheduleAtFixedRate(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As last seen; null before the first look. */
  public LagReport report() {
    return report;
  }

  /** Whether the broker answered lately. */
  public boolean isFresh() {
    return report != null && System.nanoTime() - lookedAtNanos < FRESH_NANOS;
  }

  private void look() {
    try {
      report = measure();
      lookedAtNanos = System.nanoTime();
      isFailing = false;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Lag cannot be seen just now: {}", e.toString());
      }
      isFailing = true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private LagReport measure() throws ExecutionException, InterruptedException, TimeoutException {
    Set<TopicPartition> wanted = new HashSet<>();
    for (String topic : Topics.INPUTS) {
      for (int p = 0; p < partitions; p++) {
        wanted.add(new TopicPartition(topic, p));
      }
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, Long> ends = offsets(wanted, OffsetSpec.latest());
    Set<TopicPartition> never = new HashSet<>(wanted);
    never.removeIf(partition -> committed.get(partition) != null);
    Map<TopicPartition, Long> begins =
        never.isEmpty() ? Map.of() : offsets(never, OffsetSpec.earliest());
    return judge(committed, ends, begins);
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> wanted, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    wanted.forEach(partition -> query.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(query, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private LagReport judge(
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> begins) {
    Map<TopicPartition, Long> next = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata done = committed.get(partition);
          next.put(partition, done == null ? begins.getOrDefault(partition, 0L) : done.offset());
        });
    Map<TopicPartition, Long> waiting = new HashMap<>(next);
    waiting.keySet().removeIf(partition -> next.get(partition) >= ends.get(partition));
    Map<TopicPartition, Long> ages = oldest.secondsOf(waiting, ends);

    ends.forEach(
        (partition, end) -> {
          boolean hasRecords = next.get(partition) < end && !oldest.isEmpty(partition);
          long lag = hasRecords ? end - next.get(partition) : 0;
          note(partition, new Sample(next.get(partition), lag));
        });

    Set<Integer> movingTasks = movingTasks();
    List<PartitionLag> all = new ArrayList<>();
    LagStatus worst = LagStatus.OK;
    for (TopicPartition partition : inOrder(ends.keySet())) {
      long lag = Math.max(0, ends.get(partition) - next.get(partition));
      String owner = ownerOf.apply(partition.partition());
      Long age = lag == 0 ? Long.valueOf(0) : ages.get(partition);
      LagStatus status =
          status(partition, owner != null, movingTasks.contains(partition.partition()));
      worst = status.compareTo(worst) > 0 ? status : worst;
      OffsetAndMetadata done = committed.get(partition);
      all.add(
          new PartitionLag(
              partition.topic(),
              partition.partition(),
              done == null ? null : done.offset(),
              ends.get(partition),
              lag,
              age,
              status.name(),
              owner));
    }
    return summary(all, worst);
  }

  private void note(TopicPartition partition, Sample sample) {
    Deque<Sample> window = windows.computeIfAbsent(partition, p -> new ArrayDeque<>());
    window.addLast(sample);
    if (window.size() > WINDOW) {
      window.removeFirst();
    }
  }

  /** Partitions of which something was committed in the window, whatever the topic. */
  private Set<Integer> movingTasks() {
    Set<Integer> moving = new HashSet<>();
    windows.forEach(
        (partition, window) -> {
          if (LagStatus.hasMoved(window)) {
            moving.add(partition.partition());
          }
        });
    return moving;
  }

  private LagStatus status(TopicPartition partition, boolean isHeld, boolean isTaskMoving) {
    List<Sample> window = List.copyOf(windows.get(partition));
    return LagStatus.of(window, window.size() == WINDOW, isHeld, isTaskMoving);
  }

  private LagReport summary(List<PartitionLag> all, LagStatus worst) {
    long maxLag = 0;
    Long maxSeconds = null;
    for (PartitionLag partition : all) {
      maxLag = Math.max(maxLag, partition.lag());
      // One that could not be looked at just now must not hide how late the others are.
      if (partition.lag() > 0 && partition.lagSeconds() != null) {
        maxSeconds = Math.max(maxSeconds == null ? 0 : maxSeconds, partition.lagSeconds());
      }
    }
    maxSeconds = maxLag == 0 ? Long.valueOf(0) : maxSeconds;
    return new LagReport(group, worst.name(), maxLag, maxSeconds, all);
  }

  private static List<TopicPartition> inOrder(Set<TopicPartition> unordered) {
    return unordered.stream()
        .sorted(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
        .toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    oldest.close();
  }
}
