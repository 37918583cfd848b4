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
 * Decides for each delivered record whether to count it (contract section 5). The state holds the
 * next offset to be counted of each topic. A record with a smaller offset has been counted and is
 * skipped. A record with a larger offset is counted only if the offsets in between hold no record;
 * otherwise the topic is read again from the next offset.
 *
 * <p>There is one exception: a record with a smaller offset is counted if it was appended later
 * than the last counted record, because its topic was then deleted and created again.
 */
final class ReplayFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFilter.class);

  /** If the next offset has not been delivered after this time, the consumer seeks again. */
  private static final long REWIND_TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos();

  /** What to do with a record. */
  enum Decision {
    COUNT,
    ALREADY_COUNTED,
    /**
     * Records before it are missing. The consumer reads them again, and then this record, so it
     * must not be counted now.
     */
    TOO_EARLY,
    /** Records before it are missing, and the topic starts after them: they were deleted. */
    LOST
  }

  private final int partition;
  private final CreditEngine engine;
  private final InputPositions inputs;
  private final RecoveryCounters recoveries;
  private final Map<String, Rewind> rewinds = new HashMap<>();

  /**
   * A topic that is being read again.
   *
   * @param seekOffset the offset to which the consumer has sought
   * @param earlyOffset the offset of the record that was delivered too early
   * @param seekNanos the time of the seek, by {@link System#nanoTime}
   */
  private record Rewind(long seekOffset, long earlyOffset, long seekNanos) {}

  ReplayFilter(
      int partition, CreditEngine engine, InputPositions inputs, RecoveryCounters recoveries) {
    this.partition = partition;
    this.engine = engine;
    this.inputs = inputs;
    this.recoveries = recoveries;
  }

  Decision decide(String topic, long offset, long appendedAt) {
    SourcePosition position = engine.positions().getOrDefault(topic, SourcePosition.START);
    if (offset == position.nextOffset()) {
      return countNext(topic, offset);
    } else if (offset > position.nextOffset()) {
      return decideBeyond(new TopicPartition(topic, partition), position, offset);
    }
    return appendedAt <= position.appendedAt()
        ? Decision.ALREADY_COUNTED
        : countFrom(topic, offset);
  }

  private Decision countNext(String topic, long offset) {
    if (!rewinds.isEmpty()) {
      Rewind rewind = rewinds.remove(topic);
      if (rewind != null) {
        recoveries.countRewind();
        LOG.warn(
            "{}-{} delivered a record at offset {}, but is counted up to {} only; the records"
                + " in between are read again. Nothing is lost",
            topic,
            partition,
            rewind.earlyOffset,
            offset);
      }
    }
    return Decision.COUNT;
  }

  /** Moves the topic's position to the offset, and counts the record there. */
  private Decision countFrom(String topic, long offset) {
    engine.skippedTo(topic, offset);
    return Decision.COUNT;
  }

  /** Decides about a record whose offset is larger than the next to be counted. */
  private Decision decideBeyond(TopicPartition input, SourcePosition position, long offset) {
    long next = position.nextOffset();
    if (inputs.isHole(input, next, offset)) {
      rewinds.remove(input.topic());
      return countFrom(input.topic(), offset);
    }
    Rewind rewind = rewinds.get(input.topic());
    long now = System.nanoTime();
    if (rewind != null
        && rewind.seekOffset == next
        && now - rewind.seekNanos < REWIND_TIMEOUT_NANOS) {
      return Decision.TOO_EARLY;
    }
    if (inputs.beginning(input) > next) {
      return position.equals(SourcePosition.START)
          ? countFrom(input.topic(), offset)
          : Decision.LOST;
    }
    inputs.seekBack(input, next);
    rewinds.put(input.topic(), new Rewind(next, offset, now));
    return Decision.TOO_EARLY;
  }
}
