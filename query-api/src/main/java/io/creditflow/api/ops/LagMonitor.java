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
 * Monitors the lag of the whole consumer group by the offsets on the brokers, so it also works if
 * all other instances have failed. A partition without a leader is reported as NO_LEADER and does
 * not affect the others. Records of an open transaction do not count as lag, because no consumer
 * can read them yet. {@link #report} and {@link #isFresh} are thread-safe.
 */
public final class LagMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);
  private static final int WINDOW = 30; // in samples
  private static final long TIMEOUT_SECONDS = 10;
  private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

  private final Admin admin;
  private final String group;
  private final List<TopicPartition> inputs; // ordered by topic and partition
  private final IntFunction<String> ownerOf;
  private final OldestUnprocessed oldest;
  private final Duration interval;
  private final Map<TopicPartition, Deque<Sample>> windows = new HashMap<>();
  private final Map<TopicPartition, End> lastEnds = new HashMap<>();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "creditflow-lag");
            thread.setDaemon(true);
            return thread;
          });
  private volatile LagReport report;
  private volatile long measuredAtNanos;
  private boolean isFailing;

  /** The end offset of a partition and the time of the request. */
  private record End(long offset, long atNanos) {}

  /**
   * @param ownerOf the owner of a partition, {@code host:port}; null if it has none
   * @param oldest determines the age of the oldest unprocessed records; closed with this object
   * @param interval time between two measurements; a status is based on the last 30
   */
  public LagMonitor(
      Admin admin,
      String group,
      int partitions,
      IntFunction<String> ownerOf,
      OldestUnprocessed oldest,
      Duration interval) {
    this.admin = admin;
    this.group = group;
    this.inputs = inputs(partitions);
    this.ownerOf = ownerOf;
    this.oldest = oldest;
    this.interval = interval;
  }

  public void start() {
    var unused =
        scheduler.scheduleAtFixedRate(this::update, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The result of the last successful measurement; null before the first. */
  public LagReport report() {
    return report;
  }

  /** Whether the last successful measurement is recent, so that the report is valid. */
  public boolean isFresh() {
    return report != null && System.nanoTime() - measuredAtNanos < FRESH_NANOS;
  }

  private void update() {
    try {
      report = measure();
      measuredAtNanos = System.nanoTime();
      isFailing = false;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Lag cannot be measured now: {}", e.toString());
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
    Set<TopicPartition> uncommitted = new HashSet<>(ends.keySet());
    uncommitted.removeIf(partition -> committed.get(partition) != null);
    Map<TopicPartition, Long> begins =
        uncommitted.isEmpty()
            ? Map.of()
            : OffsetLookup.ask(admin, uncommitted, OffsetSpec.earliest());
    return reportOf(committed, ends, begins);
  }

  /**
   * Adds a sample for each partition and computes the report.
   *
   * @param ends the end offsets of the partitions that have a leader
   * @param begins the first offsets of the partitions without a committed offset
   */
  private LagReport reportOf(
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> begins) {
    Map<TopicPartition, Long> next = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata committedOffset = committed.get(partition);
          next.put(
              partition,
              committedOffset == null
                  ? begins.getOrDefault(partition, 0L)
                  : committedOffset.offset());
        });
    Map<TopicPartition, Long> waiting = new HashMap<>(next);
    waiting.keySet().removeIf(partition -> next.get(partition) >= ends.get(partition));
    Map<TopicPartition, Long> ages = oldest.secondsOf(waiting, ends);

    ends.forEach(
        (partition, end) -> {
          boolean hasRecords = next.get(partition) < end && !oldest.hasNoRecordLeft(partition);
          long lag = hasRecords ? end - next.get(partition) : 0;
          addSample(partition, new Sample(next.get(partition), lag));
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
      OffsetAndMetadata committedOffset = committed.get(partition);
      all.add(
          new PartitionLag(
              partition.topic(),
              partition.partition(),
              committedOffset == null ? null : committedOffset.offset(),
              end,
              lag,
              age,
              status.name(),
              owner));
    }
    return summary(all, worst);
  }

  private void addSample(TopicPartition partition, Sample sample) {
    Deque<Sample> window = windows.computeIfAbsent(partition, p -> new ArrayDeque<>());
    window.addLast(sample);
    if (window.size() > WINDOW) {
      window.removeFirst();
    }
  }

  /** Partition numbers for which an offset of any topic was committed within the window. */
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
      // The maximum covers the partitions whose age is known.
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
    scheduler.shutdownNow();
    oldest.close();
  }
}
