package io.creditflow.scenarios;

import io.creditflow.engine.EngineCalculator;
import org.junit.jupiter.api.Nested;

/** The scenarios worked out by hand, played to the counting engine. */
class EngineScenariosTest {
  @Nested
  class BurnDown extends BurnDownScenarios {
    BurnDown() {
      super(EngineCalculator::new);
    }
  }

  @Nested
  class Voids extends VoidScenarios {
    Voids() {
      super(EngineCalculator::new);
    }
  }

  @Nested
  class Reversal extends ReversalScenarios {
    Reversal() {
      super(EngineCalculator::new);
    }
  }

  @Nested
  class Acceptance extends AcceptanceScenarios {
    Acceptance() {
      super(EngineCalculator::new);
    }
  }

  @Nested
  class History extends HistoryScenarios {
    History() {
      super(EngineCalculator::new);
    }
  }

  @Nested
  class Day extends DayScenarios {
    Day() {
      super(EngineCalculator::new);
    }
  }
}
