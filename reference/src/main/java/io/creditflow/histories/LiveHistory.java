package io.creditflow.histories;

import io.creditflow.histories.HistoryStep.Deliver;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * An endless history of several workspaces that is published for real: every record arrives about
 * now, and what happened lies in the weeks before. Seeded; the same seed gives the same records,
 * moved with the clock.
 */
public final class LiveHistory {
  private final SeededRandom dice;
  private final List<EventGenerator> makers;

  /**
   * A record and where it goes.
   *
   * @param topic not always the right one
   */
  public record Message(String workspaceId, String topic, SpecificRecord event) {}

  public LiveHistory(long seed, Instant now, List<String> workspaceIds) {
    dice = new SeededRandom(seed);
    GenerationContext world = new GenerationContext(dice, now, workspaceIds);
    makers = workspaceIds.stream().map(id -> new EventGenerator(world, id)).toList();
  }

  /** The next record, made to arrive at about this instant. */
  public Message next(Instant arrival) {
    EventGenerator maker = dice.pick(makers);
    Deliver next = maker.next(arrival);
    return new Message(maker.workspaceId(), next.topic(), next.event());
  }
}
