package io.creditflow.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Generates a history from a seed. */
public final class HistoryGenerator {
  private HistoryGenerator() {}

  public static GeneratedHistory generate(long seed) {
    SeededRandom dice = new SeededRandom(seed);
    GenerationContext world = new GenerationContext(dice);
    List<EventGenerator> makers =
        world.workspaceIds.stream().map(id -> new EventGenerator(world, id)).toList();
    boolean crashes = dice.chance(35);
    List<HistoryStep> steps = new ArrayList<>();
    for (Instant arrival : arrivals(world)) {
      steps.add(dice.pick(makers).next(arrival));
      if (dice.chance(12)) {
        steps.add(new HistoryStep.Flush());
      }
      if (crashes && dice.chance(4)) {
        steps.add(new HistoryStep.Crash());
      }
      if (dice.chance(2)) {
        steps.add(new HistoryStep.Check(arrival, dice.seed()));
      }
    }
    lastChecks(world, steps);
    return new GeneratedHistory(
        seed, world.rules, world.workspaceIds, world.campaignIds, world.marks, steps);
  }

  private static List<Instant> arrivals(GenerationContext world) {
    List<Instant> arrivals = new ArrayList<>();
    int count = world.dice.between(25, 80);
    for (int number = 0; number < count; number++) {
      arrivals.add(world.between(world.begin, world.end));
    }
    arrivals.sort(Instant::compareTo);
    return arrivals;
  }

  /** Adds checks at or after the end, and after all waiting reversals have timed out. */
  private static void lastChecks(GenerationContext world, List<HistoryStep> steps) {
    SeededRandom dice = world.dice;
    Instant later =
        dice.chance(40) ? world.end : world.between(world.end, world.end.plus(Duration.ofDays(12)));
    steps.add(new HistoryStep.Check(later, dice.seed()));
    if (dice.chance(50)) {
      Instant last = later.plus(Duration.ofDays(36)).plus(dice.upTo(Duration.ofDays(30)));
      steps.add(new HistoryStep.Check(last, dice.seed()));
    }
  }
}
