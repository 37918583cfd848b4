package io.creditflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.posting.FlushMark.Reached;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlreadyCountedTest {
  private final AlreadyCounted counted =
      new AlreadyCounted(Map.of("lead-sourced", new Reached(10, 1_000)));

  @Test
  void whatWasCountedIsHeldAndWhatComesNextIsNot() {
    assertThat(counted.holds("lead-sourced", 0, 500)).isTrue();
    assertThat(counted.holds("lead-sourced", 9, 1_000)).isTrue();
    assertThat(counted.holds("lead-sourced", 10, 1_000)).isFalse();
  }

  @Test
  void aTopicOfWhichNothingWasCountedIsNotHeld() {
    assertThat(counted.holds("credit-grants", 0, 500)).isFalse();
  }

  @Test
  void aTopicThatWasMadeAgainBeginsAtItsFirstRecord() {
    assertThat(counted.holds("lead-sourced", 0, 1_001)).isFalse();
  }
}
