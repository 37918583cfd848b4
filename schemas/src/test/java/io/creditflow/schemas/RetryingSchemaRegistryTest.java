package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.events.LeadSourced;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RetryingSchemaRegistryTest {
  private static final Schema SCHEMA = LeadSourced.getClassSchema();

  private final LaggingRegistry lagging = new LaggingRegistry();
  private long now;
  private final RetryingSchemaRegistry registry =
      new RetryingSchemaRegistry(lagging, nanos -> now += nanos, () -> now);

  @Test
  void findsAnIdThatAReplicaHearsOfALittleLater() {
    lagging.knownFrom.put(7, seconds(4));

    assertThat(registry.schemaById(7)).isEqualTo(SCHEMA);
  }

  @Test
  void believesThatAnIdIsUnknownAfterFiveSecondsAndDoesNotWaitForItAgain() {
    assertThatThrownBy(() -> registry.schemaById(7)).isInstanceOf(UnknownSchemaException.class);
    assertThat(now).isBetween(seconds(4.7), seconds(5));
    now += seconds(1_000);
    long before = now;
    assertThatThrownBy(() -> registry.schemaById(7)).isInstanceOf(UnknownSchemaException.class);
    assertThat(now).isEqualTo(before);
    lagging.knownFrom.put(7, 0L);
    assertThat(registry.schemaById(7)).as("found whenever it is there").isEqualTo(SCHEMA);
  }

  @Test
  void doesNotWaitForAnIdBelowOneThatWasFound() {
    lagging.knownFrom.put(9, 0L);
    registry.schemaById(9);

    assertThatThrownBy(() -> registry.schemaById(8)).isInstanceOf(UnknownSchemaException.class);
    assertThat(now).isZero();
  }

  @Test
  void madeUpIdsTakeATenthOfAThreadsTimeAtMost() {
    long worked = 0;
    for (int id = 1; id <= 10_000; id++) {
      int madeUp = id;
      assertThatThrownBy(() -> registry.schemaById(madeUp))
          .isInstanceOf(UnknownSchemaException.class);
      now += Duration.ofMillis(5).toNanos();
      worked += Duration.ofMillis(5).toNanos();
    }
    assertThat(now - worked).isLessThanOrEqualTo(now / 10 + seconds(5));
  }

  @Test
  void anIdThatCouldNotBeWaitedForIsWaitedForLater() {
    assertThatThrownBy(() -> registry.schemaById(7)).isInstanceOf(UnknownSchemaException.class);
    assertThatThrownBy(() -> registry.schemaById(8)).isInstanceOf(UnknownSchemaException.class);
    now += seconds(60);
    lagging.knownFrom.put(8, now + seconds(4));

    assertThat(registry.schemaById(8)).isEqualTo(SCHEMA);
  }

  private static long seconds(double seconds) {
    return (long) (seconds * 1_000_000_000);
  }

  /** Knows each id from an instant on. */
  private final class LaggingRegistry extends InMemorySchemaRegistry {
    private final Map<Integer, Long> knownFrom = new HashMap<>();

    @Override
    public synchronized Schema schemaById(int id) {
      if (knownFrom.getOrDefault(id, Long.MAX_VALUE) > now) {
        throw new UnknownSchemaException("schema id " + id + " is not known");
      }
      return SCHEMA;
    }
  }
}
