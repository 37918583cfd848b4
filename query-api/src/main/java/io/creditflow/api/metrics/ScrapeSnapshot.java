package io.creditflow.api.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metric families gathered afresh for one scrape, so that nothing of a moved partition stays. */
final class ScrapeSnapshot {
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

  /** Something that is asked at each scrape. */
  interface Source {
    void collect(ScrapeSnapshot into);
  }

  static MultiCollector collector(Source source) {
    return () -> {
      ScrapeSnapshot snapshots = new ScrapeSnapshot();
      source.collect(snapshots);
      return snapshots.all();
    };
  }

  /**
   * @param labels names and values in turn
   */
  void gauge(String name, String help, Number value, String... labels) {
    gauges
        .computeIfAbsent(name, n -> GaugeSnapshot.builder().name(n).help(help))
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(value.doubleValue())
                .labels(Labels.of(labels))
                .build());
  }

  /**
   * @param name without {@code _total}, which is added
   * @param labels names and values in turn
   */
  void counter(String name, String help, Number value, String... labels) {
    counters
        .computeIfAbsent(name, n -> CounterSnapshot.builder().name(n).help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder()
                .value(value.doubleValue())
                .labels(Labels.of(labels))
                .build());
  }

  private MetricSnapshots all() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    gauges.values().stream().map(GaugeSnapshot.Builder::build).forEach(all::metricSnapshot);
    counters.values().stream().map(CounterSnapshot.Builder::build).forEach(all::metricSnapshot);
    return all.build();
  }
}
