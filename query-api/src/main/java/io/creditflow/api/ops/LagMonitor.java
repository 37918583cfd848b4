package io.creditflow.api.ops;

import io.creditflow.api.ops.LagReport.PartitionLag;
import io.creditflow.api.ops.LagStatus.Sample;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.OffsetLookup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how far the whole group is behind, from the offsets in the broker: also seen when all
 * other instances are dead. A partition without a leader is reported as such and does not hide the
 * others. An upstream's open transaction is not yet there: nobody could read it.
 */
public final class LagMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);
  private static final int WINDOW = 30; // samples
  private static final long TIMEOUT_SECONDS = 10;
  private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

  private final Admin admin;
  private final String group;
  private final List<TopicPartition> inputs; // by topic and partition
  private final IntFunction<String> ownerOf;
  private final OldestUnprocessed oldest;
  private final Duration every;
  private final Map<TopicPartition, Deque<Sample>> windows = new HashMap<>();
  private final Map<TopicPartition, End> lastEnds = new HashMap<>();
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

  /** Where a partition ended when its leader was asked. */
  private record End(long offset, long atNanos) {}

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
      OldestUnprocessed oldest,
      Duration every) {
    this.admin = admin;
    this.group = group;
    this.inputs = inputs(partitions);
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
        LOG.warn("Lag is not known now: {}", e.toString());
      }
      isFailing = true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private LagReport measure() throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    long now = System.nanoTime();
    OffsetLookup.ask(admin, inputs, OffsetSpec.latest())
        .forEach((partition, offset) -> lastEnds.put(partition, new End(offset, now)));
    Map<TopicPartition, Long> ends = new HashMap<>();
    lastEnds.forEach(
        (partition, end) -> {
          if (now - end.atNanos() < FRESH_NANOS) {
            ends.put(partition, end.offset());
          }
        });
    Set<TopicPartition> never = new HashSet<>(ends.keySet());
    never.removeIf(partition -> committed.get(partition) != null);
    Map<TopicPartition, Long> begins =
        never.isEmpty() ? Map.of() : OffsetLookup.ask(admin, never, OffsetSpec.earliest());
    return judge(committed, ends, begins);
  }

  /**
   * @param ends of the partitions that have a leader
   */
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
          boolean hasRecords = next.get(partition) < end && !oldest.hasNoRecordLeft(partition);
          long lag = hasRecords ? end - next.get(partition) : 0;
          note(partition, new Sample(next.get(partition), lag));
        });
    windows.keySet().retainAll(ends.keySet());

    Set<Integer> movingTasks = movingTasks();
    List<PartitionLag> all = new ArrayList<>();
    LagStatus worst = LagStatus.OK;
    for (TopicPartition partition : inputs) {
      Long end = ends.get(partition);
      Long lag = end == null ? null : (Long) Math.max(0, end - next.get(partition));
      String owner = ownerOf.apply(partition.partition());
      Long age = Long.valueOf(0).equals(lag) ? lag : ages.get(partition);
      LagStatus status =
          end == null
              ? LagStatus.NO_LEADER
              : status(partition, owner != null, movingTasks.contains(partition.partition()));
      worst = status.compareTo(worst) > 0 ? status : worst;
      OffsetAndMetadata done = committed.get(partition);
      all.add(
          new PartitionLag(
              partition.topic(),
              partition.partition(),
              done == null ? null : done.offset(),
              end,
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
      long lag = partition.lag() == null ? 0 : partition.lag();
      maxLag = Math.max(maxLag, lag);
      // One that could not be looked at just now must not hide how late the others are.
      if (lag > 0 && partition.lagSeconds() != null) {
        maxSeconds = Math.max(maxSeconds == null ? 0 : maxSeconds, partition.lagSeconds());
      }
    }
    maxSeconds = maxLag == 0 ? Long.valueOf(0) : maxSeconds;
    return new LagReport(group, worst.name(), maxLag, maxSeconds, all);
  }

  private static List<TopicPartition> inputs(int partitions) {
    return Topics.INPUTS.stream()
        .sorted()
        .flatMap(
            topic ->
                IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition)))
        .toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    oldest.close();
  }
}
