package io.creditflow.posting;

import io.creditflow.histories.ManyHistories;
import org.junit.jupiter.api.Test;

/** The counting engine against the referee; {@code bin/test} asks for 20,000 histories. */
class EngineHistoriesTest {
  @Test
  void theEngineAgreesWithTheRefereeOnGeneratedHistories() {
    ManyHistories.run(EngineBooks::new, ManyHistories.count(1000));
  }
}
