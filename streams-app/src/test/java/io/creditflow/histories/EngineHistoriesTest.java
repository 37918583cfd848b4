package io.creditflow.histories;

import io.creditflow.posting.EngineBooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The counting engine against the referee, over generated histories. */
class EngineHistoriesTest {
  @Test
  @EnabledIfSystemProperty(named = "creditflow.histories", matches = ".+")
  void theEngineAgreesWithTheRefereeOnGeneratedHistories() {
    ManyHistories.run(EngineBooks::new, 20_000);
  }
}
