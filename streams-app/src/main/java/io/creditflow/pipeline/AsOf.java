package io.creditflow.pipeline;

import io.creditflow.pipeline.EndOffsets.Ends;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which append time the owner of a partition may say it is counted (docs/decisions/0014).
 *
 * <p>Whoever owned it before may have shown what it could not commit any more. So nothing later
 * than what was committed is told before all has been counted that was there to be shown, however
 * long that takes.
 */
final class AsOf {
  /**
   * So much of each topic is enough where no time was ever committed, so that a first run over
   * years of events is not without any until its end: no former owner told a time either, unless it
   * had counted as much and could commit none of it.
   */
  static final long FIRST_RUN_RECORDS = 50_000;

  private final EndOffsets ends;
  private final int partition;
  private final long restored;
  private final long openedNanos = System.nanoTime();
  private final Map<String, Reached> opened;
  private Optional<Ends> endsAtOpening = Optional.empty();
  private boolean hasCaughtUp;

  /**
   * @param restored what the state says that was restored; 0 if there was none, be it because
   *     nobody before could commit any
   * @param opened by topic, how far it says records were counted
   */
  AsOf(EndOffsets ends, int partition, long restored, Map<String, Reached> opened) {
    this.ends = ends;
    this.partition = partition;
    this.restored = restored;
    this.opened = Map.copyOf(opened);
  }

  /**
   * Milliseconds since 1970; 0 while nothing can be said.
   *
   * @param reached of every topic, how far it was read, ends of transactions included
   */
  long now(Map<String, Reached> reached) {
    hasCaughtUp = hasCaughtUp || hasCaughtUp(reached);
    return hasCaughtUp ? ends.asOf(partition, reached) : restored;
  }

  private boolean hasCaughtUp(Map<String, Reached> positions) {
    if (endsAtOpening.isEmpty()) {
      endsAtOpening = ends.firstAfter(openedNanos);
    }
    return endsAtOpening.isPresent()
        && Topics.INPUTS.stream().allMatch(topic -> hasCaughtUp(topic, positions.get(topic)));
  }

  private boolean hasCaughtUp(String topic, Reached reached) {
    long before = opened.getOrDefault(topic, Reached.NOTHING).nextOffset();
    boolean isEnough = restored == 0 && reached.nextOffset() - before >= FIRST_RUN_RECORDS;
    return isEnough
        || endsAtOpening.orElseThrow().isReached(new TopicPartition(topic, partition), reached);
  }
}
