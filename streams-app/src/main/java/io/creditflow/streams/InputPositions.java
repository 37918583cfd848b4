package io.creditflow.streams;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.schemas.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input partitions of one stream thread, as its consumer reads them: which are held back until
 * their state is open, from where each is read, and between which records the topic itself has
 * offsets without a record (ends of transactions, aborted records). Used by that thread only.
 *
 * <p>Offsets that are committed are a courtesy to whoever watches lag. Where a partition reads on
 * is said by its state (docs/decisions/0017).
 */
final class InputPositions {
  private static final Logger LOG = LoggerFactory.getLogger(InputPositions.class);

  private final Map<TopicPartition, Position> positions = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private Consumer<byte[], byte[]> consumer;

  /** How one input partition has been read since the consumer was last sent somewhere. */
  private static final class Position {
    /** The first offset that was not handed out; what ends transactions is behind it. */
    long next;

    /** Behind the last record that was handed out, or where the consumer was sent. */
    long recordsTo;

    /** From the offset of a record, down to where the record before it ends, if not just there. */
    final NavigableMap<Long, Long> holes = new TreeMap<>();

    /** What was committed last, by whoever had the partition; null if that is not known. */
    OffsetAndMetadata committed;

    /** Where the state stands, if the group's offset is behind that and was not moved yet. */
    Long owed;

    Position(long offset) {
      next = offset;
      recordsTo = offset;
    }

    boolean isCommittedTo(long offset) {
      return offset <= (committed == null ? 0 : committed.offset());
    }
  }

  /** Takes the thread's consumer; none is ever taken where a topology is tested without brokers. */
  void reads(Consumer<byte[], byte[]> newConsumer) {
    consumer = newConsumer;
  }

  /** Hands out no record of the partition, whatever Kafka Streams resumes. */
  void pause(int partition) {
    paused.addAll(inputs(partition));
    applyPause();
  }

  /** Lets go of what is held; for a task that is closed. */
  void forget(int partition) {
    paused.removeAll(inputs(partition));
  }

  /**
   * Reads the partition from where its state stands, and holds it back no longer.
   *
   * @param next by topic, the first offset to be counted; a topic that is left out is read whole
   */
  void readFrom(int partition, Map<String, Long> next) {
    paused.removeAll(inputs(partition));
    if (consumer == null) {
      return;
    }
    for (TopicPartition input : inputs(partition)) {
      if (consumer.assignment().contains(input)) {
        long offset = next.getOrDefault(input.topic(), 0L);
        consumer.seek(input, offset);
        consumer.resume(List.of(input));
        Position position = positions.get(input);
        position.owed = position.isCommittedTo(offset) ? null : offset;
      }
    }
  }

  /** Whether the group's offsets are behind the partition's state until the next commit. */
  boolean hasUncommittedOffsets(int partition) {
    return inputs(partition).stream()
        .map(positions::get)
        .anyMatch(position -> position != null && position.owed != null);
  }

  /** Reads one input again from an offset. */
  void readAgain(TopicPartition input, long offset) {
    consumer.seek(input, offset);
  }

  /** Of inputs that Kafka Streams resumes, those that are not held back. */
  Collection<TopicPartition> withoutPaused(Collection<TopicPartition> some) {
    if (paused.isEmpty()) {
      return some;
    }
    Set<TopicPartition> rest = new HashSet<>(some);
    rest.removeAll(paused);
    return rest;
  }

  private void applyPause() {
    if (consumer != null) {
      Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
      assigned.retainAll(paused);
      consumer.pause(assigned);
    }
  }

  private static List<TopicPartition> inputs(int partition) {
    return Topics.INPUTS.stream().map(topic -> new TopicPartition(topic, partition)).toList();
  }

  /** Takes down what the consumer hands out. */
  void polled(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition input : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> batch = records.records(input);
      long first = batch.get(0).offset();
      Position position = positions.computeIfAbsent(input, any -> new Position(first));
      long last = batch.get(batch.size() - 1).offset();
      if (last + 1 - position.recordsTo != batch.size()) {
        recordSkipped(position, batch);
      }
      position.recordsTo = last + 1;
    }
    records
        .nextOffsets()
        .forEach(
            (input, offset) ->
                positions.computeIfAbsent(input, any -> new Position(offset.offset())).next =
                    offset.offset());
  }

  private static void recordSkipped(Position position, List<ConsumerRecord<byte[], byte[]>> batch) {
    long expected = position.recordsTo;
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      if (record.offset() > expected) {
        position.holes.put(record.offset(), expected);
      }
      expected = record.offset() + 1;
    }
  }

  /**
   * Whether the topic holds no record from one offset up to a record that was handed out. It may
   * hold none that this consumer has not looked for: then the answer is no.
   */
  boolean isHole(TopicPartition input, long from, long record) {
    Position position = positions.get(input);
    if (position == null) {
      return consumer == null;
    }
    Long begin = position.holes.get(record);
    position.holes.headMap(record, true).clear();
    return begin != null && begin <= from;
  }

  /** The first offset that the topic holds still; asks the broker. */
  long beginning(TopicPartition input) {
    return consumer.beginningOffsets(List.of(input)).get(input);
  }

  /**
   * How far a partition has been read, the ends of transactions behind its last records included.
   *
   * @param counted by topic, how far records were counted
   */
  Map<String, SourcePosition> reached(int partition, Map<String, SourcePosition> counted) {
    Map<String, SourcePosition> reached = new HashMap<>();
    for (TopicPartition input : inputs(partition)) {
      SourcePosition records = counted.getOrDefault(input.topic(), SourcePosition.NOTHING);
      Position position = positions.get(input);
      boolean isLevel = position != null && records.nextOffset() >= position.recordsTo;
      reached.put(
          input.topic(),
          isLevel ? records.to(Math.max(position.next, records.nextOffset())) : records);
    }
    return reached;
  }

  void onSeek(TopicPartition input, long offset) {
    Position before = positions.get(input);
    Position position = new Position(offset);
    position.committed = before == null ? null : before.committed;
    positions.put(input, position);
  }

  /** It goes on at an end of the topic; where that is shows with the first record. */
  void onSeekToEnd(Collection<TopicPartition> inputs) {
    inputs.forEach(positions::remove);
  }

  /** What is handed out of a partition that comes back begins again. */
  void keepOnly(Set<TopicPartition> assigned) {
    positions.keySet().retainAll(assigned);
    paused.retainAll(assigned);
  }

  /** What the group has committed, as Kafka Streams learned it. */
  void onCommittedFetched(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (input, offset) -> {
          if (offset != null) {
            positions.computeIfAbsent(input, any -> new Position(offset.offset())).committed =
                offset;
          }
        });
  }

  /**
   * Of offsets to be committed those that were handed out and are not held back: a revived task
   * remembers offsets of records that it never got. If that leaves none, one that is committed
   * already: brokers fence a former owner by the offsets of its transaction, and take one without
   * any from anybody. Offsets that were lost (they expire when nobody counts) are set from states.
   */
  Map<TopicPartition, OffsetAndMetadata> limit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> limited = new HashMap<>();
    offsets.forEach(
        (input, offset) -> {
          Position position = positions.get(input);
          if (position != null && offset.offset() <= position.next && !paused.contains(input)) {
            limited.put(input, offset);
            position.committed = offset;
          } else {
            LOG.warn(
                "Offset {} of {} is not committed: this instance has read it up to {} only since it"
                    + " went back. Nothing is lost",
                offset.offset(),
                input,
                position == null ? null : position.next);
          }
        });
    positions.forEach(
        (input, position) -> {
          if (position.owed != null) {
            position.committed =
                limited.computeIfAbsent(input, any -> new OffsetAndMetadata(position.owed));
            position.owed = null;
          }
        });
    if (limited.isEmpty()) {
      anyCommitted().ifPresent(one -> limited.put(one.getKey(), one.getValue()));
    }
    return limited;
  }

  private Optional<Map.Entry<TopicPartition, OffsetAndMetadata>> anyCommitted() {
    return positions.entrySet().stream()
        .filter(entry -> entry.getValue().committed != null)
        .findAny()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().committed));
  }
}
