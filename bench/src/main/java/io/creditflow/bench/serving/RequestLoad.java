package io.creditflow.bench.serving;

import io.creditflow.bench.product.KeepAliveConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over keep-alive connections, with the paths in turn.
 *
 * @param token the bearer token; null for none
 * @param perSecond requests per second; 0 to send each request when the previous one is answered
 */
record RequestLoad(
    String url, String token, List<String> paths, int connections, double perSecond) {

  /** Requests to {@link EmptyRoute}, for a body of so many bytes. */
  static RequestLoad ofEmptyRoute(String url, int bytes, int connections, double perSecond) {
    return new RequestLoad(url, null, List.of("/body/" + bytes), connections, perSecond);
  }

  /** The result of a run. Latencies are in ascending order. */
  record Outcome(long[] latencyNanos, long bytes, double seconds) {
    long requests() {
      return latencyNanos.length;
    }

    double perSecond() {
      return requests() / seconds;
    }

    double quantileMillis(double quantile) {
      int at = (int) Math.min(latencyNanos.length - 1, Math.floor(latencyNanos.length * quantile));
      return latencyNanos[at] / 1e6;
    }

    int meanBytes() {
      return (int) (bytes / requests());
    }
  }

  Outcome run(Duration time) throws InterruptedException {
    AtomicLong turn = new AtomicLong();
    long begin = System.nanoTime();
    ExecutorService clients = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Part>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        parts.add(clients.submit(() -> client(number, turn, begin, begin + time.toNanos())));
      }
      long bytes = 0;
      List<long[]> latencies = new ArrayList<>();
      for (Future<Part> part : parts) {
        bytes += part.get().bytes();
        latencies.add(part.get().latencyNanos());
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Outcome(all, bytes, seconds);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A request failed: " + e.getCause().getMessage(), e);
    } finally {
      clients.shutdownNow();
    }
  }

  private record Part(long[] latencyNanos, long bytes) {}

  /**
   * Sends requests over one connection. With a request rate, latency counts from the time at which
   * the request is due, not from when it is sent.
   */
  private Part client(int number, AtomicLong turn, long begin, long end) throws IOException {
    long[] latencies = new long[1024];
    int count = 0;
    long bytes = 0;
    double gapNanos = perSecond == 0 ? 0 : connections * TimeUnit.SECONDS.toNanos(1) / perSecond;
    try (KeepAliveConnection connection = new KeepAliveConnection(url, token)) {
      while (true) {
        long due =
            perSecond == 0
                ? System.nanoTime()
                : begin + (long) (gapNanos * (count + number / (double) connections));
        if (due >= end) {
          return new Part(Arrays.copyOf(latencies, count), bytes);
        }
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        bytes += connection.get(paths.get((int) (turn.getAndIncrement() % paths.size())));
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = System.nanoTime() - due;
      }
    }
  }
}
