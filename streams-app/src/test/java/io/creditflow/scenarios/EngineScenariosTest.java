package io.creditflow.scenarios;

import io.creditflow.posting.EngineBooks;
import org.junit.jupiter.api.Nested;

/** The scenarios worked out by hand, told to the counting engine. */
class EngineScenariosTest {
  @Nested
  class BurnDown extends BurnDownScenarios {
    BurnDown() {
      super(EngineBooks::new);
    }
  }

  @Nested
  class Voids extends VoidScenarios {
    Voids() {
      super(EngineBooks::new);
    }
  }

  @Nested
  class Reversal extends ReversalScenarios {
    Reversal() {
      super(EngineBooks::new);
    }
  }

  @Nested
  class Acceptance extends AcceptanceScenarios {
    Acceptance() {
      super(EngineBooks::new);
    }
  }

  @Nested
  class History extends HistoryScenarios {
    History() {
      super(EngineBooks::new);
    }
  }

  @Nested
  class Day extends DayScenarios {
    Day() {
      super(EngineBooks::new);
    }
  }
}
