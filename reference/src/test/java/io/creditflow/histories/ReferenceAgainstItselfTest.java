package io.creditflow.histories;

import io.creditflow.reference.ReferenceCalculator;
import org.junit.jupiter.api.Test;

/** The machinery and the reference calculator, checked against the reference calculator itself. */
class ReferenceAgainstItselfTest {
  @Test
  void theReferenceAgreesWithItselfOverCrashesOrderAndRepetition() {
    ParallelHistoryRunner.run(ReferenceCalculator::new, 200);
  }
}
