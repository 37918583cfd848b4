package io.creditflow.api.metrics;

import io.creditflow.api.ops.LagMonitor;
import io.creditflow.api.ops.LagReport;
import io.creditflow.api.ops.LagReport.PartitionLag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** Puts the meters of the process, of Kafka Streams and of the group's lag into a registry. */
public final class ProcessMetrics {
  private final MeterRegistry meters;

  public ProcessMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  public void bindProcess() {
    new ClassLoaderMetrics().bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }

  /** The pipeline's own meters; refreshed by the binder. */
  public AutoCloseable bindStreams(KafkaStreams streams) {
    KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams);
    binder.bindTo(meters);
    return binder;
  }

  /** A gauge that is 1 while something holds. */
  public void bindFlag(String name, String description, BooleanSupplier holds) {
    Gauge.builder(name, () -> holds.getAsBoolean() ? 1 : 0)
        .description(description)
        .register(meters);
  }

  /** The group's lag, under the names that existing dashboards use. */
  public Runnable bindLag(LagMonitor monitor) {
    MultiGauge lag =
        MultiGauge.builder("kafka.consumergroup.lag")
            .description("Records not processed yet, by partition")
            .register(meters);
    MultiGauge seconds =
        MultiGauge.builder("kafka.consumergroup.lag.seconds")
            .description("Age of the oldest unprocessed record, by partition")
            .register(meters);
    MultiGauge groupSeconds =
        MultiGauge.builder("kafka.consumergroup.group.lag.seconds")
            .description("Age of the group's oldest unprocessed record")
            .register(meters);
    return () -> {
      LagReport report = monitor.report();
      if (report == null) {
        return;
      }
      lag.register(
          report.partitions().stream()
              .map(one -> MultiGauge.Row.of(tags(report, one), one.lag()))
              .toList(),
          true);
      seconds.register(
          report.partitions().stream()
              .map(one -> MultiGauge.Row.of(tags(report, one), secondsOf(one.lagSeconds())))
              .toList(),
          true);
      groupSeconds.register(
          List.of(
              MultiGauge.Row.of(
                  Tags.of("group", report.group()), secondsOf(report.maxLagSeconds()))),
          true);
    };
  }

  private static Tags tags(LagReport report, PartitionLag one) {
    return Tags.of(
        "group", report.group(),
        "topic", one.topic(),
        "partition", Integer.toString(one.partition()));
  }

  private static double secondsOf(Long seconds) {
    return seconds == null ? Double.NaN : seconds;
  }
}
