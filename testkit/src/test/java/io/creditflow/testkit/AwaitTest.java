package io.creditflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void asksUntilItHolds() {
    AtomicInteger asked = new AtomicInteger();
    Await.until("the third time", Duration.ofMinutes(1), () -> asked.incrementAndGet() == 3);
    assertThat(asked).hasValue(3);
  }

  @Test
  void asksOnceHoweverShortThePatience() {
    Await.until("now", Duration.ZERO, () -> true);
  }

  @Test
  void saysWhatDidNotHold() {
    assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(1), () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Not within 1 ms: pigs fly");
  }

  @Test
  void whatTheConditionThrowsEndsTheWait() {
    IOException cause = new IOException("no disk");
    assertThatThrownBy(
            () ->
                Await.until(
                    "it is read",
                    Duration.ofMinutes(1),
                    () -> {
                      throw cause;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(cause);
  }
}
