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
 * Partitions that fail repeatedly without a committed flush in between, which means that they fail
 * at the same record or flush. Two failures may have a temporary cause; the third is reported.
 * Thread-safe.
 */
public final class StuckPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(StuckPartitions.class);

  /** The number of failures after which a partition is not stuck yet. */
  private static final int FAILURES_MAX = 2;

  /** A partition without a failure for this time is removed: another instance probably owns it. */
  private static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();

  /**
   * A partition that is stuck.
   *
   * @param lastRecord the last record given to the engine: the failure is at this record, after it,
   *     or in the flush that follows; null if no record was given
   * @param failures the number of failures without a committed flush in between
   * @param cause the root cause of the last failure
   */
  public record Stuck(int partition, RecordLocation lastRecord, int failures, String cause) {
    private String where() {
      return lastRecord == null
          ? "its first record or the opening of its state"
          : "topic %s, partition %d, offset %d"
              .formatted(lastRecord.topic(), lastRecord.partition(), lastRecord.offset());
    }

    @Override
    public String toString() {
      return "partition %d failed %d times at %s: %s"
          .formatted(partition, failures, where(), cause);
    }
  }

  /**
   * A partition that a thread processes.
   *
   * @param lastFlush the number of the last committed flush when the partition was opened
   * @param lastRecord supplies the location of the last record given to the engine
   */
  private record Opened(Thread thread, long lastFlush, Supplier<RecordLocation> lastRecord) {}

  /**
   * The last failure of a partition.
   *
   * @param lastFlush the number of the last committed flush when the failed attempt began
   * @param failedAtNanos when it failed, by {@link System#nanoTime}
   */
  private record Failed(long lastFlush, Stuck stuck, long failedAtNanos) {}

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
   * Records that the calling thread processes a partition.
   *
   * @param flushes number of the last committed flush
   * @param last supplies the location of the last record given to the engine
   */
  synchronized void opened(int partition, long flushes, Supplier<RecordLocation> last) {
    opened.put(partition, new Opened(Thread.currentThread(), flushes, last));
  }

  /**
   * Called regularly while a partition is processed. If a flush was committed since the partition
   * was opened, the partition is not stuck.
   *
   * @param committed supplies the number of the last committed flush; called only after a failure
   */
  synchronized void committed(int partition, LongSupplier committed) {
    Opened open = opened.get(partition);
    if (!failed.isEmpty() && open != null && committed.getAsLong() > open.lastFlush) {
      failed.remove(partition);
    }
  }

  /** Records that the calling thread ends with a failure. */
  synchronized void failed(Throwable failure) {
    Optional<Integer> partition = partitionOf(failure);
    for (int each : partition.map(List::of).orElseGet(this::suspects)) {
      Opened open = opened.get(each);
      if (open != null) {
        failed(each, open, failure);
      }
    }
  }

  private void failed(int partition, Opened open, Throwable failure) {
    Failed before = failed.get(partition);
    int failures =
        before != null && before.lastFlush == open.lastFlush ? before.stuck.failures() + 1 : 1;
    Stuck stuck = new Stuck(partition, open.lastRecord.get(), failures, rootOf(failure).toString());
    failed.put(partition, new Failed(open.lastFlush, stuck, nanoTime.getAsLong()));
    if (failures == FAILURES_MAX + 1) {
      LOG.error("Counting is stuck: {}", stuck, failure);
    }
  }

  /**
   * The partitions of the calling thread that may have caused a failure that names no task. All
   * partitions of a thread commit together, so each partition that has processed a record may be
   * the cause. If none has, all partitions of the thread are returned.
   */
  private List<Integer> suspects() {
    List<Integer> ofThread = new ArrayList<>();
    List<Integer> withRecord = new ArrayList<>();
    opened.forEach(
        (partition, open) -> {
          if (open.thread.equals(Thread.currentThread())) {
            ofThread.add(partition);
            if (open.lastRecord.get() != null) {
              withRecord.add(partition);
            }
          }
        });
    return withRecord.isEmpty() ? ofThread : withRecord;
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

  /**
   * The partitions with at least three failures, ordered by number. Their processing is still
   * retried.
   */
  public synchronized List<Stuck> all() {
    failed.values().removeIf(one -> nanoTime.getAsLong() - one.failedAtNanos > REMEMBERED_NANOS);
    return failed.values().stream()
        .map(Failed::stuck)
        .filter(stuck -> stuck.failures() > FAILURES_MAX)
        .toList();
  }
}
