package io.creditflow.histories;

import io.creditflow.histories.HistoryStep.Deliver;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * An endless generated history of several workspaces, for publishing to a broker. Records arrive
 * about now, and their event times lie in the weeks before. The same seed gives the same records,
 * with event times relative to the current time.
 */
public final class LiveHistory {
  private final SeededRandom dice;
  private final List<EventGenerator> makers;

  /**
   * A record and its topic.
   *
   * @param topic sometimes a wrong topic, on purpose
   */
  public record Message(String workspaceId, String topic, SpecificRecord event) {}

  public LiveHistory(long seed, Instant now, List<String> workspaceIds) {
    dice = new SeededRandom(seed);
    GenerationContext world = new GenerationContext(dice, now, workspaceIds);
    makers = workspaceIds.stream().map(id -> new EventGenerator(world, id)).toList();
  }

  /** Generates the next record, for an arrival at about this instant. */
  public Message next(Instant arrival) {
    EventGenerator maker = dice.pick(makers);
    Deliver next = maker.next(arrival);
    return new Message(maker.workspaceId(), next.topic(), next.event());
  }
}
