package io.creditflow.streams;

import io.creditflow.schemas.RegistryUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats calls to the schema registry while the registry is unavailable. An unavailable registry
 * is not a fault of the record, so processing waits and no record is rejected (contract section 5).
 * If the open transaction holds a rejected record or an early flush, and the wait outlasts
 * transaction.timeout.ms, Kafka Streams resumes the task from its last commit. Thread-safe.
 */
public final class RegistryOutageWait {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryOutageWait.class);
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile String waitingFor;

  /**
   * Repeats the call until the registry answers, with pauses of 0.2 to 5 s.
   *
   * @throws IllegalStateException if the pipeline is stopped meanwhile
   */
  <T> T until(Supplier<T> call) {
    long pauseMillis = 200;
    while (true) {
      try {
        T answer = call.get();
        if (waitingFor != null) {
          LOG.info("The schema registry answers again; processing continues");
          waitingFor = null;
        }
        return answer;
      } catch (RegistryUnavailableException unavailable) {
        if (waitingFor == null) {
          LOG.warn("Processing waits for the schema registry: {}", unavailable.getMessage());
        }
        waitingFor = unavailable.getMessage();
        pause(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        pauseMillis = Math.min(pauseMillis * 2, PAUSE_MILLIS_MAX);
      }
    }
  }

  /**
   * Sleeps for the given number of nanoseconds.
   *
   * @throws IllegalStateException if the pipeline is stopped meanwhile
   */
  void pause(long nanos) {
    try {
      if (stopping.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("stopped while waiting for the schema registry");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the schema registry", e);
    }
  }

  /** A description of what processing waits for; null if it does not wait. */
  public String waitingFor() {
    return waitingFor;
  }

  void stop() {
    stopping.countDown();
  }
}
