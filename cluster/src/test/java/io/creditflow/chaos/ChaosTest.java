package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/chaos}; {@code -Dseed=N} runs one again. */
class ChaosTest {
  private static final Duration LENGTH = Duration.ofSeconds(150);

  @Test
  void whateverBreaksNothingIsLostNothingCountsTwiceAndNoAnswerIsWrong() {
    assertThat(ChaosCommand.run(Long.getLong("seed", System.nanoTime()), LENGTH)).isZero();
  }
}
