package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each record that the consumer delivers whether the partition's state must count it
 * (contract section 5). The state holds the next offset of each topic. A record before that offset
 * has been counted and is skipped. A record beyond it is not counted, unless the offsets in between
 * hold no record; instead, the topic is read again from the next offset.
 *
 * <p>A record with a smaller offset is counted all the same if it was appended later than the last
 * record counted: its topic was deleted and created again.
 */
final class ReplayFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFilter.class);
  private static final long READ_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

  /** What to do with a record. */
  enum Decision {
    COUNT,
    ALREADY_COUNTED,
    /** Records before it are missing. The consumer reads them again, and then this record. */
    TOO_EARLY,
    /** Records before it are missing, and the topic starts after them: they were deleted. */
    LOST
  }

  private final int partition;
  private final CreditEngine engine;
  private final InputPositions inputs;
  private final RecoveryCounters recoveries;
  private final Map<String, ReadPosition> readings = new HashMap<>();

  /**
   * A topic that is being read again.
   *
   * @param from the offset to which the consumer was sent
   * @param beyond the offset of the record that came too early
   * @param sinceNanos when the consumer was sent there, by {@link System#nanoTime}
   */
  private record ReadPosition(long from, long beyond, long sinceNanos) {}

  ReplayFilter(
      int partition, CreditEngine engine, InputPositions inputs, RecoveryCounters recoveries) {
    this.partition = partition;
    this.engine = engine;
    this.inputs = inputs;
    this.recoveries = recoveries;
  }

  Decision decide(String topic, long offset, long appendedAt) {
    SourcePosition position = engine.positions().getOrDefault(topic, SourcePosition.NOTHING);
    if (offset == position.nextOffset()) {
      return countNext(topic, offset);
    } else if (offset > position.nextOffset()) {
      return beyond(new TopicPartition(topic, partition), position, offset);
    }
    return appendedAt <= position.appendedAt()
        ? Decision.ALREADY_COUNTED
        : countFrom(topic, offset);
  }

  private Decision countNext(String topic, long offset) {
    if (!readings.isEmpty()) {
      ReadPosition reading = readings.remove(topic);
      if (reading != null) {
        recoveries.rewound();
        LOG.warn(
            "{}-{} was to be read from offset {}, but is counted up to {} only: what is between is"
                + " read again. Nothing is lost",
            topic,
            partition,
            reading.beyond,
            offset);
      }
    }
    return Decision.COUNT;
  }

  private Decision countFrom(String topic, long offset) {
    engine.skippedTo(topic, offset);
    return Decision.COUNT;
  }

  private Decision beyond(TopicPartition input, SourcePosition position, long offset) {
    long next = position.nextOffset();
    if (inputs.isHole(input, next, offset)) {
      readings.remove(input.topic());
      return countFrom(input.topic(), offset);
    }
    ReadPosition reading = readings.get(input.topic());
    long now = System.nanoTime();
    if (reading != null && reading.from == next && now - reading.sinceNanos < READ_AGAIN_NANOS) {
      return Decision.TOO_EARLY;
    }
    if (inputs.beginning(input) > next) {
      return position.equals(SourcePosition.NOTHING)
          ? countFrom(input.topic(), offset)
          : Decision.LOST;
    }
    inputs.readAgain(input, next);
    readings.put(input.topic(), new ReadPosition(next, offset, now));
    return Decision.TOO_EARLY;
  }
}
