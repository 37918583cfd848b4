package io.creditflow.histories;

import io.creditflow.reference.ReferenceCalculator;
import org.junit.jupiter.api.Test;

/** The machinery and the referee, checked against the referee itself. */
class ReferenceHistoriesTest {
  @Test
  void theRefereeAgreesWithItselfOverCrashesOrderAndRepetition() {
    ManyHistories.run(ReferenceCalculator::new, 200);
  }
}
