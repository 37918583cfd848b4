package io.creditflow.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions whose counting fails again and again between the same two flushes: at the same record,
 * or at the same flush. What fails twice may be passing; the third time is said. Safe for many
 * threads.
 */
public final class StuckPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(StuckPartitions.class);
  private static final int FAILURES_MAX = 2;

  /** A partition that has not failed for so long is counted elsewhere. */
  private static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();

  /** A record, by its place. */
  public record RecordPosition(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return "topic %s, partition %d, offset %d".formatted(topic, partition, offset);
    }
  }

  /**
   * A partition that is stuck.
   *
   * @param at the record last taken in, before which it fails or with whose flush; null if none was
   */
  public record Stuck(int partition, RecordPosition at, int failures, String cause) {
    private String where() {
      return at == null ? "its first record or the opening of its state" : at.toString();
    }

    @Override
    public String toString() {
      return "partition %d failed %d times at %s: %s"
          .formatted(partition, failures, where(), cause);
    }
  }

  private record Opened(Thread thread, long flushes, Supplier<RecordPosition> last) {}

  private record Failed(long flushes, Stuck stuck, long atNanos) {}

  private final LongSupplier nanoTime;
  private final Map<Integer, Opened> opened = new HashMap<>();
  private final Map<Integer, Failed> failed = new TreeMap<>();

  StuckPartitions() {
    this(System::nanoTime);
  }

  StuckPartitions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The calling thread counts a partition now.
   *
   * @param flushes number of the last flush that was committed
   * @param last tells the record last taken in
   */
  synchronized void opened(int partition, long flushes, Supplier<RecordPosition> last) {
    opened.put(partition, new Opened(Thread.currentThread(), flushes, last));
  }

  /**
   * Asked again and again of a partition that is counted: a flush that is committed ends the
   * matter.
   *
   * @param committed number of the last flush that was committed; asked for only after a failure
   */
  synchronized void committed(int partition, LongSupplier committed) {
    Opened open = opened.get(partition);
    if (!failed.isEmpty() && open != null && committed.getAsLong() > open.flushes) {
      failed.remove(partition);
    }
  }

  /** The calling thread ends. */
  synchronized void failed(Throwable failure) {
    Optional<Integer> partition = partitionOf(failure);
    for (int each : partition.map(List::of).orElseGet(this::openedHere)) {
      Opened open = opened.get(each);
      if (open != null) {
        failed(each, open, failure);
      }
    }
  }

  private void failed(int partition, Opened open, Throwable failure) {
    Failed before = failed.get(partition);
    int times = before != null && before.flushes == open.flushes ? before.stuck.failures() + 1 : 1;
    Stuck stuck = new Stuck(partition, open.last.get(), times, rootOf(failure).toString());
    failed.put(partition, new Failed(open.flushes, stuck, nanoTime.getAsLong()));
    if (times == FAILURES_MAX + 1) {
      LOG.error("Counting is stuck: {}", stuck, failure);
    }
  }

  /** A thread commits for all that it counts: those that took something in, if any did. */
  private List<Integer> openedHere() {
    List<Integer> here = new ArrayList<>();
    List<Integer> tookIn = new ArrayList<>();
    opened.forEach(
        (partition, open) -> {
          if (open.thread.equals(Thread.currentThread())) {
            here.add(partition);
            if (open.last.get() != null) {
              tookIn.add(partition);
            }
          }
        });
    return tookIn.isEmpty() ? here : tookIn;
  }

  private static Optional<Integer> partitionOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamsException known && known.taskId().isPresent()) {
        return Optional.of(known.taskId().get().partition());
      }
    }
    return Optional.empty();
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Those that failed a third time, by partition; they go on trying. */
  public synchronized List<Stuck> all() {
    failed.values().removeIf(one -> nanoTime.getAsLong() - one.atNanos > REMEMBERED_NANOS);
    return failed.values().stream()
        .map(Failed::stuck)
        .filter(stuck -> stuck.failures() > FAILURES_MAX)
        .toList();
  }
}
