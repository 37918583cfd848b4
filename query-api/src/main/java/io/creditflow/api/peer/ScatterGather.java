package io.creditflow.api.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many partitions within 1.5 s, with one thread per owner. An unavailable partition or an
 * unresponsive instance does not delay the partitions of other owners. Thread-safe.
 */
public final class ScatterGather {
  private static final Logger LOG = LoggerFactory.getLogger(ScatterGather.class);
  private static final long TIME_LIMIT_NANOS = Duration.ofMillis(1_500).toNanos();
  private static final long REQUEST_MILLIS_MAX = 700; // leaves time to try a standby
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final PartitionLocator locator;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "creditflow-scatter-gather");
            thread.setDaemon(true);
            return thread;
          });

  public ScatterGather(PartitionLocator locator) {
    this.locator = locator;
  }

  /** Makes one attempt to read a partition from any instance that holds it. */
  public interface Attempt<R> {
    /**
     * @param millisMax how long another instance may take, in milliseconds
     * @return empty if no instance can answer now
     */
    Optional<R> read(int partition, long millisMax);
  }

  /**
   * Reads as many of the partitions as possible in time. A partition that fails is tried again
   * after the other partitions of its owner.
   *
   * @return the results by partition; without the partitions that could not be read
   */
  public <R> Map<Integer, R> read(Collection<Integer> partitions, Attempt<R> attempt) {
    long until = System.nanoTime() + TIME_LIMIT_NANOS;
    Map<Integer, R> found = new ConcurrentHashMap<>();
    Map<String, List<Integer>> byOwner =
        partitions.stream().collect(Collectors.groupingBy(locator::ownerOf));
    CountDownLatch runningThreads = new CountDownLatch(byOwner.size());
    for (List<Integer> ofOwner : byOwner.values()) {
      threads.execute(
          () -> {
            try {
              read(ofOwner, attempt, found, until);
            } catch (RuntimeException e) {
              LOG.error("Partitions {} cannot be read", ofOwner, e);
            } finally {
              runningThreads.countDown();
            }
          });
    }
    try {
      boolean unused = runningThreads.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Map.copyOf(found);
  }

  private static <R> void read(
      List<Integer> partitions, Attempt<R> attempt, Map<Integer, R> found, long until) {
    Deque<Integer> left = new ArrayDeque<>(partitions);
    int failedInRow = 0;
    while (!left.isEmpty()) {
      long millisLeft = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (millisLeft <= 0) {
        return;
      }
      int partition = left.pop();
      Optional<R> answer = attempt.read(partition, Math.min(REQUEST_MILLIS_MAX, millisLeft));
      if (answer.isPresent()) {
        found.put(partition, answer.get());
        failedInRow = 0;
      } else {
        left.add(partition);
        failedInRow++;
      }
      if (failedInRow >= left.size() && !left.isEmpty()) {
        LockSupport.parkNanos(PAUSE_NANOS);
        failedInRow = 0;
      }
    }
  }
}
