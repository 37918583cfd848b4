package io.creditflow.api.metrics;

import io.creditflow.books.LocalBooks;
import io.creditflow.books.NotHereException;
import io.creditflow.books.Standing;
import io.creditflow.books.Standing.TopicCounts;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What became of every record of the partitions that this instance owns, and how fresh their
 * numbers are. Read from the books themselves: summed over all instances, received = applied +
 * repeated + rejected + waiting, over crashes and moves alike. The partition is a label so that one
 * that moves does not look like a counter that jumps.
 */
final class BooksMetrics implements Snapshots.Source {
  private final LocalBooks books;
  private final Supplier<List<Integer>> owned;
  private final Clock clock;

  BooksMetrics(LocalBooks books, Supplier<List<Integer>> owned, Clock clock) {
    this.books = books;
    this.owned = owned;
    this.clock = clock;
  }

  @Override
  public void tell(Snapshots into) {
    for (int partition : owned.get()) {
      try {
        tell(into, Integer.toString(partition), books.standing(partition));
      } catch (NotHereException moving) {
        // Whoever has it now tells.
      }
    }
  }

  private void tell(Snapshots into, String partition, Standing standing) {
    long age = clock.millis() - standing.asOf().toEpochMilli();
    if (standing.asOf().toEpochMilli() > 0) {
      into.gauge(
          "creditflow_freshness_seconds",
          "Age of the append time before which every record is reflected in the answers",
          Math.max(0, age) / 1000.0,
          "partition",
          partition);
    }
    for (TopicCounts topic : standing.topics()) {
      into.counter(
          "creditflow_events_received", "Records read", topic.received(), labels(topic, partition));
      outcome(into, topic, partition, "applied", "", topic.applied());
      outcome(into, topic, partition, "repeated", "", topic.repeated());
      topic
          .rejected()
          .forEach((reason, count) -> outcome(into, topic, partition, "rejected", reason, count));
      into.gauge(
          "creditflow_events_waiting",
          "Reversals whose event has not arrived",
          topic.waiting(),
          labels(topic, partition));
      into.gauge(
          "creditflow_events_unreceived",
          "Records that the topic holds up to where it was read, less those received; 0 if none is"
              + " missing",
          topic.unreceived(),
          labels(topic, partition));
    }
  }

  private static String[] labels(TopicCounts topic, String partition) {
    return new String[] {"topic", topic.topic(), "partition", partition};
  }

  private static void outcome(
      Snapshots into,
      TopicCounts topic,
      String partition,
      String outcome,
      String reason,
      long count) {
    into.counter(
        "creditflow_events",
        "Records by what became of them: applied, repeated (identical), rejected (why)",
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
