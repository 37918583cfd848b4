package io.creditflow.bench.recovery;

import io.creditflow.bench.product.KeepAliveConnection;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.product.VisibilityProbe;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes events of one workspace and reads the workspace from one instance, all the time. */
final class AvailabilityProbe implements AutoCloseable {
  private static final long READ_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PUBLISH_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ProductProcess product;
  private final VisibilityProbe visibility;
  private final String workspaceId;
  private final Thread thread = new Thread(this::run, "availability-probe");
  private volatile boolean closed;
  private volatile long seen;
  private long published;
  private volatile long publishedWhenKilled = Long.MAX_VALUE;
  private volatile long longestReadGapNanos;
  private volatile long writesBackAtNanos;

  private AvailabilityProbe(
      ProductProcess product, VisibilityProbe visibility, String workspaceId) {
    this.product = product;
    this.visibility = visibility;
    this.workspaceId = workspaceId;
  }

  static AvailabilityProbe start(
      ProductProcess product, VisibilityProbe visibility, String workspaceId) {
    AvailabilityProbe probe = new AvailabilityProbe(product, visibility, workspaceId);
    probe.thread.setDaemon(true);
    probe.thread.start();
    return probe;
  }

  private void run() {
    long answered = System.nanoTime();
    long publishedAt = 0;
    while (!closed) {
      try (KeepAliveConnection connection =
          new KeepAliveConnection(product.api().url(), product.api().token())) {
        while (!closed) {
          if (System.nanoTime() - publishedAt > PUBLISH_EVERY_NANOS) {
            publish();
            publishedAt = System.nanoTime();
          }
          long counted = VisibilityProbe.leadsVisible(connection, workspaceId);
          if (counted == 0 && seen > 0) {
            throw new IOException("the workspace is unknown");
          }
          long now = System.nanoTime();
          longestReadGapNanos = Math.max(longestReadGapNanos, now - answered);
          answered = now;
          seen = Math.max(seen, counted);
          if (writesBackAtNanos == 0 && counted > publishedWhenKilled) {
            writesBackAtNanos = now;
          }
          LockSupport.parkNanos(READ_EVERY_NANOS);
        }
      } catch (IOException notNow) {
        LockSupport.parkNanos(READ_EVERY_NANOS);
      }
    }
  }

  private synchronized void publish() {
    visibility.publish(workspaceId);
    published++;
  }

  /** Marks the time of the kill: only events published later end the outage of writes. */
  synchronized void markKill() {
    publishedWhenKilled = published;
    longestReadGapNanos = 0;
  }

  /** The highest number of events that a response reported. */
  long eventsSeen() {
    return seen;
  }

  boolean isRecovered() {
    return writesBackAtNanos != 0;
  }

  double readOutageSeconds() {
    return longestReadGapNanos / 1e9;
  }

  double writeOutageSeconds(long killedNanos) {
    return (writesBackAtNanos - killedNanos) / 1e9;
  }

  @Override
  public void close() {
    closed = true;
  }
}
