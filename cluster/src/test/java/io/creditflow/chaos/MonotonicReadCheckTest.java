package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicReadCheckTest {
  private final MonotonicReadCheck check = new MonotonicReadCheck();

  @Test
  void aLaterAnswerThatKnowsLessIsFoundOnceWhicheverArrivesFirst() {
    assertThat(note(10, 5)).isTrue();
    assertThat(note(20, 4)).isFalse();
    assertThat(note(20, 4)).isTrue();

    assertThat(note(40, 6)).isTrue();
    assertThat(note(30, 7)).isFalse();
    assertThat(note(30, 7)).isTrue();
  }

  @Test
  void answersThatAgreeAreFineInAnyOrder() {
    assertThat(note(20, 6)).isTrue();
    assertThat(note(10, 5)).isTrue();
    assertThat(note(20, 5)).isTrue();
    assertThat(note(20, 7)).isTrue();
    assertThat(note(15, 6)).isTrue();
  }

  private boolean note(int asOf, long used) {
    return check.note(Instant.ofEpochSecond(asOf), used);
  }
}
