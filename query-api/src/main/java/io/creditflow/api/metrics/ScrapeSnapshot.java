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

/**
 * The metrics of one scrape. They are collected again for each scrape, so the metrics of a
 * partition that has moved disappear.
 */
final class ScrapeSnapshot {
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

  /** Adds its metrics to each scrape. */
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
   * Adds a data point of a gauge.
   *
   * @param labels label names, each followed by its value
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
   * Adds a data point of a counter.
   *
   * @param name the name without the suffix {@code _total}
   * @param labels label names, each followed by its value
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
