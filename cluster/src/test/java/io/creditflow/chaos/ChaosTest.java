package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/chaos}, always the same faults; {@code -Dseed=N} for others. */
@Tag("system")
class ChaosTest {
  private static final Duration LENGTH = Duration.ofSeconds(150);

  @Test
  void whateverBreaksNothingIsLostNothingCountsTwiceAndNoAnswerIsWrong() {
    ChaosRun.Result result = ChaosCommand.run(Long.getLong("seed", 7), LENGTH);

    assertThat(result.lost()).isZero();
    assertThat(result.doubled()).isZero();
    assertThat(result.wrong()).isZero();
  }
}
