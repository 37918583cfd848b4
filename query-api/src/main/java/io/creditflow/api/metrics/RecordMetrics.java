package io.creditflow.api.metrics;

import io.creditflow.local.LocalState;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.local.PartitionProgress;
import io.creditflow.local.PartitionProgress.TopicCounts;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Metrics of the partitions that this instance owns: the number of records by outcome, and the
 * freshness. The counts come from the state, so summed over all instances received = applied +
 * repeated + rejected + waiting, also after crashes and rebalances. The partition is a label, so
 * that a partition that moves does not make a counter jump.
 */
final class RecordMetrics implements ScrapeSnapshot.Source {
  private final LocalState localState;
  private final Supplier<List<Integer>> owned;
  private final Clock clock;

  RecordMetrics(LocalState localState, Supplier<List<Integer>> owned, Clock clock) {
    this.localState = localState;
    this.owned = owned;
    this.clock = clock;
  }

  @Override
  public void collect(ScrapeSnapshot into) {
    for (int partition : owned.get()) {
      try {
        collect(into, Integer.toString(partition), localState.progress(partition));
      } catch (PartitionNotLocalException moving) {
        // The new owner reports it.
      }
    }
  }

  private void collect(ScrapeSnapshot into, String partition, PartitionProgress progress) {
    long age = clock.millis() - progress.asOf().toEpochMilli();
    if (progress.asOf().toEpochMilli() > 0) {
      into.gauge(
          "creditflow_freshness_seconds",
          "Age of the append time before which every record of a partition is in the answers, in"
              + " seconds",
          Math.max(0, age) / 1000.0,
          "partition",
          partition);
    }
    for (TopicCounts topic : progress.topics()) {
      into.counter(
          "creditflow_events_received",
          "Number of records read from a partition, all that its state has ever seen",
          topic.received(),
          labels(topic, partition));
      outcome(into, topic, partition, "applied", "", topic.applied());
      outcome(into, topic, partition, "repeated", "", topic.repeated());
      topic
          .rejected()
          .forEach((reason, count) -> outcome(into, topic, partition, "rejected", reason, count));
      into.gauge(
          "creditflow_events_waiting",
          "Number of reversals whose event has not arrived",
          topic.waiting(),
          labels(topic, partition));
      into.gauge(
          "creditflow_events_missing",
          "Number of records that the topic holds up to where it was read, less those received; 0"
              + " if none is missing",
          topic.unreceived(),
          labels(topic, partition));
    }
  }

  private static String[] labels(TopicCounts topic, String partition) {
    return new String[] {"topic", topic.topic(), "partition", partition};
  }

  private static void outcome(
      ScrapeSnapshot into,
      TopicCounts topic,
      String partition,
      String outcome,
      String reason,
      long count) {
    into.counter(
        "creditflow_events",
        "Number of records by what became of them: applied, repeated (identical), or rejected, with"
            + " the reason",
        count,
        "topic",
        topic.topic(),
        "partition",
        partition,
        "outcome",
        outcome,
        "reason",
        reason);
  }
}
