package io.creditflow.bench.recovery;

import io.creditflow.bench.product.KeptConnection;
import io.creditflow.bench.product.Probe;
import io.creditflow.bench.product.Product;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes to one workspace and reads it at one instance, all the time. */
final class Witness implements AutoCloseable {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PUBLISH_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Product product;
  private final Probe probe;
  private final String workspaceId;
  private final Thread thread = new Thread(this::run, "witness");
  private volatile boolean closed;
  private volatile long seen;
  private long published;
  private volatile long publishedWhenKilled = Long.MAX_VALUE;
  private volatile long longestGapNanos;
  private volatile long backNanos;

  private Witness(Product product, Probe probe, String workspaceId) {
    this.product = product;
    this.probe = probe;
    this.workspaceId = workspaceId;
  }

  static Witness start(Product product, Probe probe, String workspaceId) {
    Witness witness = new Witness(product, probe, workspaceId);
    witness.thread.setDaemon(true);
    witness.thread.start();
    return witness;
  }

  private void run() {
    long answered = System.nanoTime();
    long publishedAt = 0;
    while (!closed) {
      try (KeptConnection connection =
          new KeptConnection(product.api().url(), product.api().token())) {
        while (!closed) {
          if (System.nanoTime() - publishedAt > PUBLISH_EVERY_NANOS) {
            publish();
            publishedAt = System.nanoTime();
          }
          long counted = Probe.counted(connection, workspaceId);
          if (counted == 0 && seen > 0) {
            throw new IOException("answers as if the workspace were unknown");
          }
          long now = System.nanoTime();
          longestGapNanos = Math.max(longestGapNanos, now - answered);
          answered = now;
          seen = Math.max(seen, counted);
          if (backNanos == 0 && counted > publishedWhenKilled) {
            backNanos = now;
          }
          LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
      } catch (IOException notNow) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
  }

  private synchronized void publish() {
    probe.publish(workspaceId);
    published++;
  }

  /** From now on what was published before does not count as a newer event. */
  synchronized void killed() {
    publishedWhenKilled = published;
    longestGapNanos = 0;
  }

  /** The newest event that was seen. */
  long seen() {
    return seen;
  }

  boolean isBack() {
    return backNanos != 0;
  }

  double readsAwaySeconds() {
    return longestGapNanos / 1e9;
  }

  double writesAwaySeconds(long killedNanos) {
    return (backNanos - killedNanos) / 1e9;
  }

  @Override
  public void close() {
    closed = true;
  }
}
