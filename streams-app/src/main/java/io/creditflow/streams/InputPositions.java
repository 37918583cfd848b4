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
 * How far the consumer of one stream thread has read each input partition. Holds which partitions
 * are paused until their state is open, from which offset each is read, and which ranges of offsets
 * hold no record (transaction markers, aborted records). Used by that thread only.
 *
 * <p>The state of a partition, not the committed offset, decides where reading resumes. Committed
 * offsets serve lag monitoring and fencing (docs/decisions/0017).
 */
final class InputPositions {
  private static final Logger LOG = LoggerFactory.getLogger(InputPositions.class);

  private final Map<TopicPartition, InputPosition> positions = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private Consumer<byte[], byte[]> consumer;

  /** The read position of one input partition since the consumer's last seek. */
  private static final class InputPosition {
    /** The consumer's position after the last poll, transaction markers included. */
    long next;

    /**
     * The offset after the last delivered record. If no record was delivered since the last seek,
     * the offset of that seek.
     */
    long recordsEnd;

    /**
     * The ranges of offsets without a record. The key is the offset of the record after the range,
     * the value is the first offset of the range.
     */
    final NavigableMap<Long, Long> holes = new TreeMap<>();

    /** The offset committed last, by this owner or a former one; null if it is not known. */
    OffsetAndMetadata committed;

    /**
     * The state's offset, which the next commit must add because the group's committed offset is
     * smaller; null if it is not smaller.
     */
    Long toCommit;

    InputPosition(long offset) {
      next = offset;
      recordsEnd = offset;
    }

    boolean isCommittedTo(long offset) {
      return offset <= (committed == null ? 0 : committed.offset());
    }
  }

  /** Sets the thread's consumer. It stays null in a test of the topology without brokers. */
  void setConsumer(Consumer<byte[], byte[]> newConsumer) {
    consumer = newConsumer;
  }

  /** Pauses a partition of all input topics. It stays paused even if Kafka Streams resumes it. */
  void pause(int partition) {
    paused.addAll(inputs(partition));
    applyPause();
  }

  /** Removes the partition from the paused ones, because its task is closed. */
  void forget(int partition) {
    paused.removeAll(inputs(partition));
  }

  /**
   * Seeks to the offsets that the partition's state holds, and resumes the partition.
   *
   * @param next by topic, the first offset to be counted; a missing topic is read from offset 0
   */
  void resumeAt(int partition, Map<String, Long> next) {
    paused.removeAll(inputs(partition));
    if (consumer == null) {
      return;
    }
    for (TopicPartition input : inputs(partition)) {
      if (consumer.assignment().contains(input)) {
        long offset = next.getOrDefault(input.topic(), 0L);
        consumer.seek(input, offset);
        consumer.resume(List.of(input));
        InputPosition position = positions.get(input);
        position.toCommit = position.isCommittedTo(offset) ? null : offset;
      }
    }
  }

  /** Whether the next commit must add the state's offset, because the group's offset is smaller. */
  boolean hasUncommittedOffsets(int partition) {
    return inputs(partition).stream()
        .map(positions::get)
        .anyMatch(position -> position != null && position.toCommit != null);
  }

  /** Seeks one input partition back to an offset. */
  void seekBack(TopicPartition input, long offset) {
    consumer.seek(input, offset);
  }

  /** The given partitions without those that are paused. */
  Collection<TopicPartition> withoutPaused(Collection<TopicPartition> partitions) {
    if (paused.isEmpty()) {
      return partitions;
    }
    Set<TopicPartition> reading = new HashSet<>(partitions);
    reading.removeAll(paused);
    return reading;
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

  /** Notes which offsets a poll has delivered, and which it has passed without a record. */
  void onPoll(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition input : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> batch = records.records(input);
      long first = batch.get(0).offset();
      InputPosition position = positions.computeIfAbsent(input, any -> new InputPosition(first));
      long last = batch.get(batch.size() - 1).offset();
      if (last + 1 - position.recordsEnd != batch.size()) {
        addHoles(position, batch);
      }
      position.recordsEnd = last + 1;
    }
    records
        .nextOffsets()
        .forEach(
            (input, offset) ->
                positions.computeIfAbsent(input, any -> new InputPosition(offset.offset())).next =
                    offset.offset());
  }

  private static void addHoles(InputPosition position, List<ConsumerRecord<byte[], byte[]>> batch) {
    long expected = position.recordsEnd;
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      if (record.offset() > expected) {
        position.holes.put(record.offset(), expected);
      }
      expected = record.offset() + 1;
    }
  }

  /**
   * Whether the consumer has passed all offsets from {@code from} up to a delivered record without
   * finding a record. False if the consumer did not read these offsets. Drops the ranges up to the
   * record, so call this once per record.
   *
   * @param from the first offset of the range
   * @param record the offset of the delivered record
   */
  boolean isHole(TopicPartition input, long from, long record) {
    InputPosition position = positions.get(input);
    if (position == null) {
      return consumer == null;
    }
    Long begin = position.holes.get(record);
    position.holes.headMap(record, true).clear();
    return begin != null && begin <= from;
  }

  /** The log start offset of the partition, from the broker. */
  long beginning(TopicPartition input) {
    return consumer.beginningOffsets(List.of(input)).get(input);
  }

  /**
   * How far a partition has been read in each topic. If all delivered records are counted, this
   * includes the transaction markers after the last record.
   *
   * @param counted by topic, how far records were counted
   */
  Map<String, SourcePosition> reached(int partition, Map<String, SourcePosition> counted) {
    Map<String, SourcePosition> reached = new HashMap<>();
    for (TopicPartition input : inputs(partition)) {
      SourcePosition records = counted.getOrDefault(input.topic(), SourcePosition.START);
      InputPosition position = positions.get(input);
      boolean allCounted = position != null && records.nextOffset() >= position.recordsEnd;
      reached.put(
          input.topic(),
          allCounted ? records.skipTo(Math.max(position.next, records.nextOffset())) : records);
    }
    return reached;
  }

  /** Starts a new position, because the consumer has sought to an offset. */
  void onSeek(TopicPartition input, long offset) {
    InputPosition before = positions.get(input);
    InputPosition position = new InputPosition(offset);
    position.committed = before == null ? null : before.committed;
    positions.put(input, position);
  }

  /**
   * Drops the position, because the consumer has sought to the beginning or the end of the topic.
   * The next poll gives the offset.
   */
  void onSeekWithoutOffset(Collection<TopicPartition> inputs) {
    inputs.forEach(positions::remove);
  }

  /** Drops the positions of partitions that are not assigned to the consumer any more. */
  void keepOnly(Set<TopicPartition> assigned) {
    positions.keySet().retainAll(assigned);
    paused.retainAll(assigned);
  }

  /** Stores the committed offsets that Kafka Streams has fetched. */
  void onCommittedFetched(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (input, offset) -> {
          if (offset != null) {
            positions.computeIfAbsent(input, any -> new InputPosition(offset.offset())).committed =
                offset;
          }
        });
  }

  /**
   * Corrects the offsets of a commit.
   *
   * <ul>
   *   <li>Removes offsets of paused partitions and offsets beyond the consumer's position, because
   *       a task that Kafka Streams has revived may hold offsets of records that were never
   *       delivered to it.
   *   <li>Adds the state's offset where it is ahead of the group's offset, for example after the
   *       group's offsets have expired.
   *   <li>If no offset is left, repeats an offset that is already committed. Brokers check the
   *       group's generation only in a transaction with offsets, and this check fences a former
   *       owner.
   * </ul>
   */
  Map<TopicPartition, OffsetAndMetadata> correctCommit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> corrected = new HashMap<>();
    offsets.forEach(
        (input, offset) -> {
          InputPosition position = positions.get(input);
          if (position != null && offset.offset() <= position.next && !paused.contains(input)) {
            corrected.put(input, offset);
            position.committed = offset;
          } else {
            LOG.warn(
                "Offset {} of {} is not committed, because this instance has read only up to {}"
                    + " since its last seek. Nothing is lost",
                offset.offset(),
                input,
                position == null ? null : position.next);
          }
        });
    positions.forEach(
        (input, position) -> {
          if (position.toCommit != null) {
            position.committed =
                corrected.computeIfAbsent(input, any -> new OffsetAndMetadata(position.toCommit));
            position.toCommit = null;
          }
        });
    if (corrected.isEmpty()) {
      anyCommitted().ifPresent(one -> corrected.put(one.getKey(), one.getValue()));
    }
    return corrected;
  }

  private Optional<Map.Entry<TopicPartition, OffsetAndMetadata>> anyCommitted() {
    return positions.entrySet().stream()
        .filter(entry -> entry.getValue().committed != null)
        .findAny()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().committed));
  }
}
