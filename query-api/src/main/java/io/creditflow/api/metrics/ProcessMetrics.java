package io.creditflow.api.metrics;

import io.creditflow.api.ops.BrokerClocks;
import io.creditflow.api.ops.LagMonitor;
import io.creditflow.api.peer.Placement;
import io.creditflow.local.LocalState;
import io.creditflow.streams.CreditPipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Registers the meters of the process, of Kafka Streams, of the pipeline and of the lag. */
public final class ProcessMetrics {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final PrometheusMeterRegistry meters;

  public ProcessMetrics(PrometheusMeterRegistry meters) {
    this.meters = meters;
    meters.config().meterFilter(new KafkaMeterFilter());
  }

  /**
   * Registers the meters of the JVM and of the build.
   *
   * @param commit the git commit of the build; empty if it is not known
   */
  public void bindProcess(String version, String commit) {
    Gauge.builder("creditflow.build.info", () -> 1)
        .description("1, always: its labels name the version and the git commit that runs")
        .tags("version", version, "commit", commit)
        .register(meters);
    new JvmGcMetrics().bindTo(meters); // never closed: it lives as long as the process
    new ClassLoaderMetrics().bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }

  /** Registers the meters of Kafka Streams until the result is closed. */
  public AutoCloseable bindStreams(KafkaStreams streams) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "creditflow-meters");
              thread.setDaemon(true);
              return thread;
            });
    KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams, Tags.empty(), clock, REFRESH);
    binder.bindTo(meters);
    return () -> {
      clock.shutdownNow();
      binder.close();
    };
  }

  /** Registers a gauge that is 1 while a condition is true, else 0. */
  public void bindFlag(String name, String description, BooleanSupplier condition) {
    Gauge.builder(name, () -> condition.getAsBoolean() ? 1 : 0)
        .description(description)
        .register(meters);
  }

  /** Registers the record counts and the freshness of the partitions that this instance owns. */
  public void bindState(LocalState localState, Supplier<List<Integer>> owned) {
    bind(new RecordMetrics(localState, owned, Clock.systemUTC()));
  }

  /**
   * Registers the metrics of the pipeline.
   *
   * @return a task to be run every few seconds, which asks the broker for the changelog lag
   */
  public Runnable bindPipeline(CreditPipeline pipeline, Placement placement) {
    PipelineMetrics source = new PipelineMetrics(pipeline, placement);
    bind(source);
    return source::refresh;
  }

  /** Registers the lag of the whole group. */
  public void bindLag(LagMonitor monitor) {
    bind(new LagMetrics(monitor));
  }

  /** Registers the clock differences of the brokers. */
  public void bindClocks(BrokerClocks clocks) {
    bind(new ClockMetrics(clocks));
  }

  private void bind(ScrapeSnapshot.Source source) {
    meters.getPrometheusRegistry().register(ScrapeSnapshot.collector(source));
  }
}
