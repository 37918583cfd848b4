package io.creditflow.bench.growth;

import io.creditflow.bench.machine.GroupProgress;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ProcessUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Committed events and memory over time, while the product processes a load that was published
 * before.
 */
record Timeline(List<Point> points) {
  private static final Duration COUNTING_TIMEOUT = Duration.ofHours(2);

  /** The committed events and resource usage at an instant. */
  record Point(long nanos, long events, ProcessUsage usage) {}

  /** Records points until all events are committed. */
  static Timeline of(ProductProcess product, GroupProgress progress, long events) {
    List<Point> points = new ArrayList<>();
    Await.until(
        "all events are counted",
        COUNTING_TIMEOUT,
        () -> {
          product.child().requireAlive();
          long committed = progress.committedEvents();
          points.add(new Point(System.nanoTime(), committed, product.resourceUsage()));
          return committed >= events && progress.isDone();
        });
    return new Timeline(points);
  }

  /** The first point with at least this many committed events; the last point if there is none. */
  Point at(long events) {
    return points.stream()
        .filter(point -> point.events() >= events)
        .findFirst()
        .orElse(points.get(points.size() - 1));
  }

  double eventsPerSecond(long from, long to) {
    Point first = at(from);
    Point last = at(to);
    return (last.events() - first.events()) / ((last.nanos() - first.nanos()) / 1e9);
  }

  long residentMebibytesMax() {
    return points.stream().mapToLong(point -> point.usage().residentBytes()).max().orElse(0) >> 20;
  }
}
