package io.creditflow.api.metrics;

import io.creditflow.api.ops.LagMonitor;
import io.creditflow.api.ops.LagReport;
import io.creditflow.api.ops.LagReport.PartitionLag;
import io.creditflow.api.ops.LagStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * Metrics of the consumer group's lag, with the names and labels of kafka_exporter and
 * kafka-lag-exporter. Every instance reports the lag of all partitions, so it stays visible while
 * any instance runs.
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
        "1 while the brokers report offsets, so that lag is known, else 0",
        isFresh ? 1 : 0);
    if (!isFresh) {
      return; // an outdated lag would be misleading
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
          "Number of partitions of all input topics by their status in /v1/ops/lag",
          byStatus.getOrDefault(status, 0),
          "status",
          status.name());
    }
    into.gauge(
        "kafka_consumergroup_group_max_lag",
        "Number of records not counted yet, of the partition that has most",
        report.maxLag(),
        "group",
        report.group());
    if (report.maxLagSeconds() != null) {
      into.gauge(
          "kafka_consumergroup_group_max_lag_seconds",
          "Age of the oldest record that the group has not counted yet, in seconds",
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
      into.gauge(
          "kafka_consumergroup_lag",
          "Number of records of a partition not counted yet",
          one.lag(),
          labels);
    }
    if (one.lagSeconds() != null) {
      into.gauge(
          "kafka_consumergroup_group_lag_seconds",
          "Age of the oldest record of a partition not counted yet, in seconds",
          one.lagSeconds(),
          labels);
    }
    if (one.committedOffset() != null) {
      into.gauge(
          "kafka_consumergroup_current_offset",
          "Offset that the group committed: of the next record to count of a partition",
          one.committedOffset(),
          labels);
    }
    if (one.endOffset() != null) {
      into.gauge(
          "kafka_topic_partition_current_offset",
          "Offset that the next record written to a partition gets",
          one.endOffset(),
          "topic",
          one.topic(),
          "partition",
          partition);
    }
  }
}
