package io.creditflow.bench.pipeline;

import io.creditflow.bench.pipeline.Rival.Run;
import io.creditflow.testkit.ProcessUsage;
import java.time.Duration;

/**
 * One timed run of one rival.
 *
 * <p>All rivals are timed in the same way. Timing starts when two thirds of the events are
 * committed; by then the JVM has started, joined its group and compiled hot code. It stops when all
 * events are committed and the rival's internal topics are processed. The rate is the number of
 * events in that time divided by its length. A load that is too small for this is timed from the
 * start of the process.
 *
 * @param eventsPerSecond the rate between the two instants
 * @param seconds from the start of the process to the end
 * @param cpuNanosPerEvent CPU time of the process including its start, divided by the events
 * @param residentPeakBytes peak resident memory
 */
record Measurement(
    double eventsPerSecond, double seconds, double cpuNanosPerEvent, long residentPeakBytes) {
  private static final double WARM_UP = 2.0 / 3;
  private static final long POLL_MILLIS = 20;
  private static final Duration STANDSTILL_MAX = Duration.ofMinutes(3);

  /** Polls a run until it has processed all events. */
  static Measurement of(Run run, long events, long startedNanos) throws Exception {
    long warmAt = 0;
    long warmEvents = 0;
    long last = -1;
    long lastMoved = System.nanoTime();
    while (true) {
      run.requireAlive();
      long committed = run.committedEvents();
      long now = System.nanoTime();
      if (committed != last) {
        last = committed;
        lastMoved = now;
      } else if (now - lastMoved > STANDSTILL_MAX.toNanos()) {
        throw new IllegalStateException(
            "no progress at %,d of %,d events".formatted(committed, events));
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
        ProcessUsage usage = run.resourceUsage();
        return new Measurement(
            (events - warmEvents) / ((end - warmAt) / 1e9),
            (end - startedNanos) / 1e9,
            usage.cpuNanos() / (double) events,
            usage.residentPeakBytes());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
