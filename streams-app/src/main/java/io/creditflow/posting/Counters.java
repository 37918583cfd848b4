package io.creditflow.posting;

import io.creditflow.books.Standing.TopicCounts;
import io.creditflow.event.Rejection;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What became of all records of a partition since its beginning, by topic. Stored with the numbers
 * themselves, so that received = applied + repeated + rejected + waiting holds over any crash
 * (contract section 5).
 */
public final class Counters {
  private final Map<String, OfTopic> topics = new HashMap<>();

  /** What became of one topic's records. */
  static final class OfTopic {
    private final long[] rejected = new long[Rejection.Reason.values().length];
    private long received;
    private long applied;
    private long repeated;
    private long waiting;

    void arrived() {
      received++;
    }

    void count(Verdict verdict) {
      switch (verdict) {
        case APPLIED -> applied++;
        case REPEATED -> repeated++;
        case WAITING -> waiting++;
        case REJECTED -> {
          // Counted by reason, where it is known.
        }
      }
    }

    void rejected(Rejection.Reason reason) {
      rejected[reason.ordinal()]++;
    }

    void waitingIsOver() {
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

    private TopicCounts counts(String topic, Reached reached) {
      Map<String, Long> byReason = new TreeMap<>();
      for (Rejection.Reason reason : Rejection.Reason.values()) {
        byReason.put(reason.name(), rejectedFor(reason));
      }
      long held = reached.nextOffset() - reached.withoutRecord();
      return new TopicCounts(
          topic, received, applied, repeated, byReason, waiting, held - received);
    }
  }

  OfTopic of(String topic) {
    return topics.computeIfAbsent(topic, name -> new OfTopic());
  }

  /**
   * All of it, in the order of the topics' names.
   *
   * @param positions by topic, how far it was read
   */
  public List<TopicCounts> standing(Map<String, Reached> positions) {
    return topics.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            topic ->
                topic
                    .getValue()
                    .counts(
                        topic.getKey(), positions.getOrDefault(topic.getKey(), Reached.NOTHING)))
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
    return sum(OfTopic::rejected);
  }

  private long sum(ToLongFunction<OfTopic> count) {
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

  static Counters decode(RowReader reader) {
    Counters counters = new Counters();
    int topics = (int) reader.int64();
    for (int i = 0; i < topics; i++) {
      OfTopic counts = counters.of(reader.text());
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
