package io.creditflow.api.metrics;

import io.creditflow.api.ops.LagMonitor;
import io.creditflow.api.ops.LagReport;
import io.creditflow.api.ops.LagReport.PartitionLag;
import io.creditflow.api.ops.LagStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * The group's lag under the names and labels that dashboards for kafka_exporter and
 * kafka-lag-exporter use. Every instance reports all of it, so that it is seen while one is left.
 */
final class LagMetrics implements ScrapeSnapshot.Source {
  private final LagMonitor monitor;

  LagMetrics(LagMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public void collect(ScrapeSnapshot into) {
    boolean isFresh = monitor.isFresh();
    into.gauge(
        "creditflow_lag_known",
        "1 while the broker reports offsets, so lag is known",
        isFresh ? 1 : 0);
    if (!isFresh) {
      return; // no number is better than an old one
    }
    LagReport report = monitor.report();
    Map<LagStatus, Integer> byStatus = new EnumMap<>(LagStatus.class);
    for (PartitionLag one : report.partitions()) {
      byStatus.merge(LagStatus.valueOf(one.status()), 1, Integer::sum);
      collect(into, report.group(), one);
    }
    for (LagStatus status : LagStatus.values()) {
      into.gauge(
          "creditflow_lag_partitions",
          "Partitions of input topics by how they are doing",
          byStatus.getOrDefault(status, 0),
          "status",
          status.name());
    }
    into.gauge(
        "kafka_consumergroup_group_max_lag",
        "Records not processed yet, of the partition that has most",
        report.maxLag(),
        "group",
        report.group());
    if (report.maxLagSeconds() != null) {
      into.gauge(
          "kafka_consumergroup_group_max_lag_seconds",
          "Age of the group's oldest unprocessed record",
          report.maxLagSeconds(),
          "group",
          report.group());
    }
  }

  private static void collect(ScrapeSnapshot into, String group, PartitionLag one) {
    String partition = Integer.toString(one.partition());
    String[] labels = {
      "consumergroup", group, "group", group, "topic", one.topic(), "partition", partition
    };
    if (one.lag() != null) {
      into.gauge("kafka_consumergroup_lag", "Records not processed yet", one.lag(), labels);
    }
    if (one.lagSeconds() != null) {
      into.gauge(
          "kafka_consumergroup_group_lag_seconds",
          "Age of the oldest unprocessed record",
          one.lagSeconds(),
          labels);
    }
    if (one.committedOffset() != null) {
      into.gauge(
          "kafka_consumergroup_current_offset", "Committed offset", one.committedOffset(), labels);
    }
    if (one.endOffset() != null) {
      into.gauge(
          "kafka_topic_partition_current_offset",
          "End offset",
          one.endOffset(),
          "topic",
          one.topic(),
          "partition",
          partition);
    }
  }
}
