package io.creditflow.engine;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.Rejection;
import io.creditflow.local.PartitionProgress.TopicCounts;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Counts all records of a partition since its beginning, by topic and outcome. A flush writes the
 * counters together with the sums, so that received = applied + repeated + rejected + waiting holds
 * after any crash (contract section 5). Not thread-safe.
 */
public final class RecordCounters {
  private final Map<String, TopicCounters> topics = new HashMap<>();

  /** The counters of one topic. */
  static final class TopicCounters {
    private final long[] rejected = new long[Rejection.Reason.values().length];
    private long received;
    private long applied;
    private long repeated;
    private long waiting;

    void countReceived() {
      received++;
    }

    void count(RecordOutcome outcome) {
      switch (outcome) {
        case APPLIED -> applied++;
        case REPEATED -> repeated++;
        case WAITING -> waiting++;
        case REJECTED -> {
          // countRejected(reason) counts it.
        }
      }
    }

    void countRejected(Rejection.Reason reason) {
      rejected[reason.ordinal()]++;
    }

    void stoppedWaiting() {
      waiting--;
    }

    private long rejectedFor(Rejection.Reason reason) {
      return rejected[reason.ordinal()];
    }

    private long rejected() {
      long sum = 0;
      for (long count : rejected) {
        sum += count;
      }
      return sum;
    }

    private TopicCounts counts(String topic, SourcePosition position) {
      Map<String, Long> byReason = new TreeMap<>();
      for (Rejection.Reason reason : Rejection.Reason.values()) {
        byReason.put(reason.name(), rejectedFor(reason));
      }
      long recordsInTopic = position.nextOffset() - position.withoutRecord();
      return new TopicCounts(
          topic, received, applied, repeated, byReason, waiting, recordsInTopic - received);
    }
  }

  TopicCounters of(String topic) {
    return topics.computeIfAbsent(topic, name -> new TopicCounters());
  }

  /**
   * The counts of all topics, in the order of the topics' names.
   *
   * @param positions the position in each topic, by topic name
   */
  public List<TopicCounts> progress(Map<String, SourcePosition> positions) {
    return topics.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            topic ->
                topic
                    .getValue()
                    .counts(
                        topic.getKey(),
                        positions.getOrDefault(topic.getKey(), SourcePosition.START)))
        .toList();
  }

  public long received() {
    return sum(topic -> topic.received);
  }

  public long applied() {
    return sum(topic -> topic.applied);
  }

  public long repeated() {
    return sum(topic -> topic.repeated);
  }

  public long waiting() {
    return sum(topic -> topic.waiting);
  }

  public long rejectedFor(Rejection.Reason reason) {
    return sum(topic -> topic.rejectedFor(reason));
  }

  public long rejected() {
    return sum(TopicCounters::rejected);
  }

  private long sum(ToLongFunction<TopicCounters> count) {
    return topics.values().stream().mapToLong(count).sum();
  }

  void encode(RowWriter writer) {
    writer.int64(topics.size());
    topics.forEach(
        (topic, counts) -> {
          writer.text(topic);
          writer.int64(counts.received).int64(counts.applied);
          writer.int64(counts.repeated).int64(counts.waiting);
          writer.int64(counts.rejected.length);
          for (long count : counts.rejected) {
            writer.int64(count);
          }
        });
  }

  static RecordCounters decode(RowReader reader) {
    RecordCounters counters = new RecordCounters();
    int topics = (int) reader.int64();
    for (int i = 0; i < topics; i++) {
      TopicCounters counts = counters.of(reader.text());
      counts.received = reader.int64();
      counts.applied = reader.int64();
      counts.repeated = reader.int64();
      counts.waiting = reader.int64();
      int reasons = (int) reader.int64();
      for (int reason = 0; reason < reasons; reason++) {
        counts.rejected[reason] = reader.int64();
      }
    }
    return counters;
  }
}
