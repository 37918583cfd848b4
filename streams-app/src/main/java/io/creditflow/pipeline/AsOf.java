package io.creditflow.pipeline;

import io.creditflow.pipeline.EndOffsets.Ends;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which append time the owner of a partition may say it is counted (docs/decisions/0014).
 *
 * <p>Whoever owned it before may have shown what it could not commit any more. So nothing later
 * than what was committed is told before all has been counted that was there to be shown, however
 * long that takes.
 */
final class AsOf {
  private static final Reached NOTHING = new Reached(0, 0);

  /**
   * So much of each topic is enough where no time was ever committed, so that a first run over
   * years of events is not without any until its end: no former owner told a time either, unless it
   * had counted as much and could commit none of it.
   */
  static final long FIRST_RUN_RECORDS = 50_000;

  private final Workshop workshop;
  private final int partition;
  private final long restored;
  private final long openedNanos = System.nanoTime();
  private final Map<String, Reached> opened;
  private CompletionStage<Map<TopicPartition, Long>> asked;
  private Map<TopicPartition, Long> committedBefore = Map.of();
  private Optional<Ends> endsAtOpening = Optional.empty();
  private boolean hasCaughtUp;

  /**
   * @param restored what the books say that were restored; 0 if there were none, be it because
   *     nobody before could commit any
   * @param opened by topic, how far they say records were counted
   */
  AsOf(Workshop workshop, int partition, long restored, Map<String, Reached> opened) {
    this.workshop = workshop;
    this.partition = partition;
    this.restored = restored;
    this.opened = Map.copyOf(opened);
    asked = workshop.ends().committed();
  }

  /**
   * Milliseconds since 1970; 0 while nothing can be said.
   *
   * @param counted by topic, how far records were delivered
   */
  long now(Map<String, Reached> counted) {
    Map<String, Reached> positions = positions(counted);
    hasCaughtUp = hasCaughtUp || hasCaughtUp(positions);
    return hasCaughtUp ? workshop.ends().asOf(partition, positions) : restored;
  }

  private boolean hasCaughtUp(Map<String, Reached> positions) {
    if (endsAtOpening.isEmpty()) {
      endsAtOpening = workshop.ends().firstAfter(openedNanos);
    }
    return endsAtOpening.isPresent()
        && Topics.INPUTS.stream().allMatch(topic -> hasCaughtUp(topic, positions.get(topic)));
  }

  private boolean hasCaughtUp(String topic, Reached reached) {
    long before = opened.getOrDefault(topic, NOTHING).nextOffset();
    boolean isEnough = restored == 0 && reached.nextOffset() - before >= FIRST_RUN_RECORDS;
    return isEnough
        || endsAtOpening.orElseThrow().isReached(new TopicPartition(topic, partition), reached);
  }

  /**
   * With the ends of upstream's transactions, which take an offset each but are delivered to
   * nobody: what is committed lies behind them.
   */
  private Map<String, Reached> positions(Map<String, Reached> counted) {
    noteAnswer();
    Map<TopicPartition, Long> committed = workshop.committed().of(partition);
    Map<String, Reached> positions = new HashMap<>();
    for (String topic : Topics.INPUTS) {
      TopicPartition input = new TopicPartition(topic, partition);
      Reached reached = counted.getOrDefault(topic, NOTHING);
      long offset =
          Math.max(committedBefore.getOrDefault(input, 0L), committed.getOrDefault(input, 0L));
      positions.put(
          topic, new Reached(Math.max(reached.nextOffset(), offset), reached.appendedAt()));
    }
    return positions;
  }

  /**
   * What the group had committed when this task was opened. It is asked once: later, it might be
   * another owner's.
   */
  private void noteAnswer() {
    var answer = asked == null ? null : asked.toCompletableFuture();
    if (answer == null || !answer.isDone()) {
      return;
    }
    asked = null;
    if (!answer.isCompletedExceptionally()) {
      committedBefore = answer.join();
    }
  }

  /** Tells how far a task's offsets are committed. */
  interface Committed {
    /** By input partition; empty while nothing is known. */
    Map<TopicPartition, Long> of(int partition);
  }
}
