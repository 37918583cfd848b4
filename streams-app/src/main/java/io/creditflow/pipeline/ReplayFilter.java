package io.creditflow.pipeline;

import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.posting.PostingEngine;
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
  private final PostingEngine engine;
  private final ThreadInputs inputs;
  private final Gaps gaps;
  private final Map<String, Reading> readings = new HashMap<>();

  /**
   * A topic that is being read again.
   *
   * @param beyond the record that came too early
   */
  private record Reading(long from, long beyond, long sinceNanos) {}

  ReplayFilter(int partition, PostingEngine engine, ThreadInputs inputs, Gaps gaps) {
    this.partition = partition;
    this.engine = engine;
    this.inputs = inputs;
    this.gaps = gaps;
  }

  Decision decide(String topic, long offset, long appendedAt) {
    Reached reached = engine.positions().getOrDefault(topic, Reached.NOTHING);
    if (offset == reached.nextOffset()) {
      return countNext(topic, offset);
    } else if (offset > reached.nextOffset()) {
      return beyond(new TopicPartition(topic, partition), reached, offset);
    }
    return appendedAt <= reached.appendedAt() ? Decision.ALREADY_COUNTED : countFrom(topic, offset);
  }

  private Decision countNext(String topic, long offset) {
    if (!readings.isEmpty()) {
      Reading reading = readings.remove(topic);
      if (reading != null) {
        gaps.healed();
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
    engine.reachedWithoutRecord(topic, offset);
    return Decision.COUNT;
  }

  private Decision beyond(TopicPartition input, Reached reached, long offset) {
    long next = reached.nextOffset();
    if (inputs.isHole(input, next, offset)) {
      readings.remove(input.topic());
      return countFrom(input.topic(), offset);
    }
    Reading reading = readings.get(input.topic());
    long now = System.nanoTime();
    if (reading != null && reading.from == next && now - reading.sinceNanos < READ_AGAIN_NANOS) {
      return Decision.TOO_EARLY;
    }
    if (inputs.beginning(input) > next) {
      return reached.equals(Reached.NOTHING) ? countFrom(input.topic(), offset) : Decision.LOST;
    }
    inputs.readAgain(input, next);
    readings.put(input.topic(), new Reading(next, offset, now));
    return Decision.TOO_EARLY;
  }
}
