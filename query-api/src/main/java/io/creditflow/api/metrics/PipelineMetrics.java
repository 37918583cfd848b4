package io.creditflow.api.metrics;

import io.creditflow.api.peer.Placement;
import io.creditflow.streams.CreditPipeline;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Metrics of this instance's pipeline: its state, its partitions, the lag of its standby copies.
 */
final class PipelineMetrics implements ScrapeSnapshot.Source {
  private final CreditPipeline pipeline;
  private final Placement placement;
  private volatile Map<Integer, Long> changelogLag = Map.of();

  PipelineMetrics(CreditPipeline pipeline, Placement placement) {
    this.pipeline = pipeline;
    this.placement = placement;
  }

  /** Updates the changelog lag. It asks the broker, so it must not run during a scrape. */
  void refresh() {
    try {
      changelogLag = pipeline.changelogLag();
    } catch (StreamsException | IllegalStateException notRunning) {
      changelogLag = Map.of(); // starting, stopping, or no broker available
    }
  }

  @Override
  public void collect(ScrapeSnapshot into) {
    KafkaStreams.State now = pipeline.state();
    for (KafkaStreams.State state : KafkaStreams.State.values()) {
      into.gauge(
          "creditflow_pipeline_state",
          "1 for the state that Kafka Streams is in on this instance, 0 for the others",
          state == now ? 1 : 0,
          "state",
          state.name());
    }
    into.gauge(
        "creditflow_partitions",
        "Number of partitions that every input topic has",
        placement.partitions());
    held(into, "active", count(p -> placement.self().equals(placement.holders(p).owner())));
    held(into, "standby", count(p -> placement.holders(p).standbys().contains(placement.self())));
    changelogLag.forEach(
        (partition, records) ->
            into.gauge(
                "creditflow_changelog_lag_records",
                "Number of changelog records that this instance has still to read of a partition's"
                    + " state",
                records,
                "partition",
                Integer.toString(partition)));
    into.gauge(
        "creditflow_partitions_stuck",
        "Number of partitions of this instance whose counting failed a third time at the same"
            + " record or flush",
        pipeline.stuck().size());
    pipeline
        .arrivalAges()
        .forEach(
            (topic, ages) -> {
              into.counter(
                  "creditflow_event_age_seconds",
                  "Time from occurredAt to arrival of the events that this instance accepted since its"
                      + " start, added up, in seconds",
                  ages.millis() / 1_000,
                  "topic",
                  topic);
              into.counter(
                  "creditflow_event_ages",
                  "Number of events whose age is in creditflow_event_age_seconds_total",
                  ages.events(),
                  "topic",
                  topic);
            });
    into.counter(
        "creditflow_events_redelivered",
        "Number of records that this instance passed over since its start, because the state held"
            + " them already",
        pipeline.redelivered());
    into.counter(
        "creditflow_offset_rewinds",
        "Number of times that this instance read a topic again since its start, because offsets"
            + " were ahead of the state",
        pipeline.offsetRewinds());
    into.counter(
        "creditflow_state_restore_retries",
        "Number of times that this instance restored a partition's state again since its start,"
            + " because it was not whole",
        pipeline.stateRestores());
    into.gauge(
        "creditflow_partitions_halted",
        "Number of partitions of this instance that are halted, because to go on would lose or"
            + " double events",
        pipeline.haltedPartitions().size());
    into.gauge(
        "creditflow_stream_thread_stalled_seconds",
        "Time since the slowest stream thread of this instance asked for records, in seconds",
        pipeline.stalledFor().toMillis() / 1000.0);
    for (Map.Entry<CreditPipeline.AlertGroup, Long> raised : pipeline.alertsRaised().entrySet()) {
      into.counter(
          "creditflow_alerts_raised",
          "Number of alerts that this instance published since its start, by kind and level",
          raised.getValue(),
          "kind",
          raised.getKey().kind().name(),
          "level",
          raised.getKey().level().name());
    }
  }

  private static void held(ScrapeSnapshot into, String role, long count) {
    into.gauge(
        "creditflow_partitions_held",
        "Number of partitions that this instance counts (active) or holds a copy of (standby)",
        count,
        "role",
        role);
  }

  private long count(IntPredicate isHeld) {
    return IntStream.range(0, placement.partitions()).filter(isHeld).count();
  }
}
