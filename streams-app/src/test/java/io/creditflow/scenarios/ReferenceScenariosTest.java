package io.creditflow.scenarios;

import io.creditflow.reference.ReferenceCalculator;
import org.junit.jupiter.api.Nested;

/** The scenarios worked out by hand, played to the reference calculator. */
class ReferenceScenariosTest {
  @Nested
  class BurnDown extends BurnDownScenarios {
    BurnDown() {
      super(ReferenceCalculator::new);
    }
  }

  @Nested
  class Voids extends VoidScenarios {
    Voids() {
      super(ReferenceCalculator::new);
    }
  }

  @Nested
  class Reversal extends ReversalScenarios {
    Reversal() {
      super(ReferenceCalculator::new);
    }
  }

  @Nested
  class Acceptance extends AcceptanceScenarios {
    Acceptance() {
      super(ReferenceCalculator::new);
    }
  }

  @Nested
  class History extends HistoryScenarios {
    History() {
      super(ReferenceCalculator::new);
    }
  }

  @Nested
  class Day extends DayScenarios {
    Day() {
      super(ReferenceCalculator::new);
    }
  }
}
