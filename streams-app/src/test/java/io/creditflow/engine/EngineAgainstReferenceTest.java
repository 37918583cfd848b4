package io.creditflow.engine;

import io.creditflow.histories.ParallelHistoryRunner;
import org.junit.jupiter.api.Test;

/**
 * The counting engine against the reference calculator; {@code bin/test} asks for 20,000 histories.
 */
class EngineAgainstReferenceTest {
  @Test
  void theEngineAgreesWithTheReferenceOnGeneratedHistories() {
    ParallelHistoryRunner.run(EngineCalculator::new, ParallelHistoryRunner.count(1000));
  }
}
