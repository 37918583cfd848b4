package io.creditflow.bench.pipeline;

import io.creditflow.bench.pipeline.Rival.Run;
import io.creditflow.testkit.ProcessUsage;
import java.time.Duration;

/**
 * One timed run of one rival.
 *
 * <p>The clock is the harness's and the same for all: it starts when two thirds of the events are
 * committed (until then the JVM starts, joins its group and compiles what is hot) and stops when
 * all are and nothing is left on the rival's own topics. Rate = events between the two / time
 * between them. A load so small that it is committed at once is timed from the process's start.
 *
 * @param eventsPerSecond between the two instants
 * @param seconds from the process's start to the end, all included
 * @param cpuNanosPerEvent of the whole process, start included
 */
record Measurement(
    double eventsPerSecond, double seconds, double cpuNanosPerEvent, long residentPeakBytes) {
  private static final double WARM_UP = 2.0 / 3;
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final Duration STANDSTILL_MAX = Duration.ofMinutes(3);

  /** Watches a run until it has counted everything. */
  static Measurement of(Run run, long events, long startedNanos) throws Exception {
    long warmAt = 0;
    long warmEvents = 0;
    long last = -1;
    long lastMoved = System.nanoTime();
    while (true) {
      run.mustRun();
      long committed = run.committed();
      long now = System.nanoTime();
      if (committed != last) {
        last = committed;
        lastMoved = now;
      } else if (now - lastMoved > STANDSTILL_MAX.toNanos()) {
        throw new IllegalStateException(
            "stands still at %,d of %,d events".formatted(committed, events));
      }
      if (warmAt == 0 && committed >= events * WARM_UP) {
        warmAt = now;
        warmEvents = committed;
      }
      if (committed >= events && run.isDone()) {
        long end = System.nanoTime();
        if (warmEvents >= events) {
          warmAt = startedNanos;
          warmEvents = 0;
        }
        ProcessUsage use = run.use();
        return new Measurement(
            (events - warmEvents) / ((end - warmAt) / 1e9),
            (end - startedNanos) / 1e9,
            use.cpuNanos() / (double) events,
            use.residentPeakBytes());
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
