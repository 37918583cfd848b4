package io.creditflow.bench.product;

import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes live events of a workload at a constant rate until closed. */
public final class SteadyPublisher implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Publisher publisher;
  private final Workload workload;
  private final double eventsPerSecond;
  private final Thread thread = new Thread(this::run, "steady-publisher");
  private volatile boolean closed;
  private volatile RuntimeException failure;

  private SteadyPublisher(Publisher publisher, Workload workload, double eventsPerSecond) {
    this.publisher = publisher;
    this.workload = workload;
    this.eventsPerSecond = eventsPerSecond;
  }

  /**
   * Starts to publish events after those of the workload.
   *
   * @param publisher not used by others until this is closed
   */
  public static SteadyPublisher start(
      Publisher publisher, Workload workload, double eventsPerSecond) {
    SteadyPublisher publishing = new SteadyPublisher(publisher, workload, eventsPerSecond);
    publishing.thread.setDaemon(true);
    publishing.thread.start();
    return publishing;
  }

  private void run() {
    long begin = System.nanoTime();
    long sent = 0;
    try {
      while (!closed) {
        long due = (long) ((System.nanoTime() - begin) / 1e9 * eventsPerSecond);
        Instant now = Instant.now();
        for (; sent < due && !closed; sent++) {
          publisher.send(workload.live(publisher.nextLiveNumber(), now));
        }
        LockSupport.parkNanos(TICK_NANOS);
      }
      publisher.flush();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Throws the failure if publishing has failed. */
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throwIfFailed();
  }
}
