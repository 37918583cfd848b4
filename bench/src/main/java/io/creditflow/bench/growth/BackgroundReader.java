package io.creditflow.bench.growth;

import io.creditflow.bench.product.KeepAliveConnection;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads credits, trends and history of random workspaces in turn, at a low rate in the background.
 */
final class BackgroundReader implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final List<String> ROUTES =
      List.of("/credits", "/credits/trends", "/credits/history");

  private final ProductProcess product;
  private final Workload workload;
  private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "reader");
  private volatile boolean closed;

  /** A successful read. */
  record Read(long atNanos, long latencyNanos) {}

  private BackgroundReader(ProductProcess product, Workload workload) {
    this.product = product;
    this.workload = workload;
  }

  static BackgroundReader start(ProductProcess product, Workload workload) {
    BackgroundReader reader = new BackgroundReader(product, workload);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  private void run() {
    SplittableRandom random = new SplittableRandom(11);
    while (!closed) {
      try (KeepAliveConnection connection =
          new KeepAliveConnection(product.api().url(), product.api().token())) {
        for (int i = 0; !closed; i++) {
          String workspace = workload.workspaceId(random.nextInt(workload.mix().workspaces()));
          long begin = System.nanoTime();
          String path = "/v1/workspaces/" + workspace + ROUTES.get(i % ROUTES.size());
          if (connection.bodyIfFound(path) != null) {
            reads.add(new Read(begin, System.nanoTime() - begin));
          }
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** The 99th percentile of the read latency between two instants in ms; NaN without reads. */
  double p99Millis(long fromNanos, long toNanos) {
    long[] sorted =
        reads.stream()
            .filter(read -> read.atNanos() >= fromNanos && read.atNanos() < toNanos)
            .mapToLong(Read::latencyNanos)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * 0.99)] / 1e6;
  }

  @Override
  public void close() {
    closed = true;
  }
}
