package io.creditflow.streams;

import io.creditflow.schemas.RegistryUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a registry that is away: that is not bad input, so processing stands still and loses
 * nothing (contract section 5). Mostly nothing has been written at that point; where something has
 * (a rejected record, an early flush) and the wait outlasts the transaction, Kafka Streams takes
 * the task up again from its last commit.
 */
public final class RegistryRetry {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryRetry.class);
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile String waitingFor;

  /** Repeats the call until the registry answers. */
  <T> T until(Supplier<T> call) {
    long pauseMillis = 200;
    while (true) {
      try {
        T answer = call.get();
        if (waitingFor != null) {
          LOG.info("The schema registry answers again; processing goes on");
          waitingFor = null;
        }
        return answer;
      } catch (RegistryUnavailableException away) {
        if (waitingFor == null) {
          LOG.warn("Processing waits for the schema registry: {}", away.getMessage());
        }
        waitingFor = away.getMessage();
        pause(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        pauseMillis = Math.min(pauseMillis * 2, PAUSE_MILLIS_MAX);
      }
    }
  }

  /**
   * Sleeps.
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

  /** What processing waits for, in words; null if it does not. */
  public String waitingFor() {
    return waitingFor;
  }

  void stop() {
    stopping.countDown();
  }
}
