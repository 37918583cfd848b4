package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.InMemoryRowStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlushCheckpointTest {
  private static final long NOON = 1_790_000_000_000L;

  private final InMemoryRowStore state = new InMemoryRowStore();
  private CreditEngine engine = open();

  @Test
  void readersAreToldHowFarItIsCountedThoughNothingArrives() {
    assertThat(told()).isZero();
    advance(NOON);
    assertThat(told()).isEqualTo(NOON);
    advance(NOON + 499);
    assertThat(told()).as("not for every millisecond").isEqualTo(NOON);
    advance(NOON + 500);
    assertThat(told()).isEqualTo(NOON + 500);
  }

  @Test
  void aLaterMarkIsNeverOfAnEarlierTime() {
    advance(NOON);
    engine = open();
    advance(NOON - 10_000);
    assertThat(told()).isEqualTo(NOON);
    advance(0);
    advance(NOON + 1_000);
    assertThat(told()).isEqualTo(NOON + 1_000);
  }

  private CreditEngine open() {
    return new CreditEngine(EngineConfig.STANDARD, state, key -> 0, Set.of());
  }

  private void advance(long asOf) {
    engine.advance(asOf);
    engine.flushAndEvaluate(NOON);
  }

  private long told() {
    return FlushCheckpoint.read(state).asOf();
  }
}
