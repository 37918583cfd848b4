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
 * Which records that are delivered a partition's state has yet to count. The state says how far it
 * has counted each topic; what lies before is passed over, and nothing beyond the next record is
 * counted: the topic is read again from where the state stands (contract section 5).
 *
 * <p>A record that was appended later than the last one counted is new even if its offset is
 * smaller: its topic was deleted and made again.
 */
final class ReplayFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFilter.class);
  private static final long READ_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

  /** What to do with a record. */
  enum Decision {
    COUNT,
    ALREADY_COUNTED,
    /** Records before it are missing; they have been asked for, and it comes again behind them. */
    TOO_EARLY,
    /** Records before it are missing, and the topic holds them no more. */
    LOST
  }

  private final int partition;
  private final CreditEngine engine;
  private final InputPositions inputs;
  private final RecoveryCounters gaps;
  private final Map<String, ReadPosition> readings = new HashMap<>();

  /**
   * A topic that is being read again.
   *
   * @param beyond the record that came too early
   */
  private record ReadPosition(long from, long beyond, long sinceNanos) {}

  ReplayFilter(int partition, CreditEngine engine, InputPositions inputs, RecoveryCounters gaps) {
    this.partition = partition;
    this.engine = engine;
    this.inputs = inputs;
    this.gaps = gaps;
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
        gaps.rewound();
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
