package io.creditflow.api.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.api.fixture.TestPlacement;
import io.creditflow.local.LocalState.Reading;
import io.creditflow.local.PartitionNotLocalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is asked for a partition, and in which order. */
class PartitionLocatorTest {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String SELF = "self:1";
  private static final String NOBODY = "127.0.0.1:1";

  private final TestPlacement placement = new TestPlacement();
  private final PeerClient peers = new PeerClient(Optional.empty(), Duration.ofSeconds(1));
  private final PartitionLocator locator =
      new PartitionLocator(placement, peers, BOUND, Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<String> asked = new ArrayList<>();

  PartitionLocatorTest() {
    placement.self(SELF);
  }

  @Test
  void theOwnerIsAskedAndNobodyElse() {
    placement.put(0, "owner:1", "standby:1", SELF);

    assertThat(read(here(NOW), List.of())).isEqualTo("owner:1");
    assertThat(asked).containsExactly("owner:1");
  }

  @Test
  void itsOwnPartitionIsReadHereHoweverOldItsAnswer() {
    placement.put(0, SELF, "standby:1");

    assertThat(read(here(NOW.minus(BOUND.multipliedBy(2))), List.of())).isEqualTo("here");
    assertThat(asked).isEmpty();
  }

  @Test
  void itsOwnCopyComesBeforeOtherStandbys() {
    placement.put(0, "owner:1", "standby:1", SELF);

    assertThat(read(here(NOW.minus(BOUND)), List.of("owner:1"))).isEqualTo("here");
    assertThat(asked).containsExactly("owner:1");
  }

  @Test
  void aCopyOlderThanTheBoundIsPassedOver() {
    placement.put(0, "owner:1", "standby:1", SELF);

    assertThat(read(here(NOW.minus(BOUND).minusMillis(1)), List.of("owner:1")))
        .isEqualTo("standby:1");
    assertThat(asked).containsExactly("owner:1", "standby:1");
  }

  @Test
  void withoutAKnownOwnerItLooksHere() {
    placement.put(0, null);

    assertThat(locator.ownerOf(0)).isEqualTo(SELF);
    assertThat(read(here(NOW), List.of())).isEqualTo("here");
  }

  @Test
  void whoJustFailedIsAskedLast() {
    placement.put(0, NOBODY, "standby:1");
    assertThatThrownBy(() -> peers.get(NOBODY, "/", Map.of(), 1_000))
        .isInstanceOf(PeerUnavailableException.class);

    assertThat(read(PartitionLocatorTest::absent, List.of())).isEqualTo("standby:1");
    assertThat(asked).containsExactly("standby:1");
  }

  @Test
  void whenNobodyAnswersItSaysWhatEachSaid() {
    placement.put(0, "owner:1", SELF);

    assertThatThrownBy(() -> read(PartitionLocatorTest::absent, List.of("owner:1")))
        .isInstanceOf(NoReplicaAvailableException.class)
        .hasMessageContaining("owner:1 is away")
        .hasMessageContaining("not here");
    assertThat(asked).as("tried for a moment").hasSizeGreaterThan(1).containsOnly("owner:1");
  }

  @Test
  void aPartitionThatIsMovingIsFoundWhenItHasArrived() {
    placement.put(0, "owner:1");
    PartitionLocator.RemoteRead<String> moving =
        address -> {
          asked.add(address);
          placement.put(0, SELF);
          throw new PeerUnavailableException(address + " does not hold it");
        };

    assertThat(locator.read(0, here(NOW), moving)).isEqualTo("here");
    assertThat(asked).containsExactly("owner:1");
  }

  private String read(Supplier<Reading<String>> here, List<String> away) {
    return locator.read(
        0,
        here,
        address -> {
          asked.add(address);
          if (away.contains(address)) {
            throw new PeerUnavailableException(address + " is away");
          }
          return address;
        });
  }

  private static Supplier<Reading<String>> here(Instant asOf) {
    return () -> new Reading<>("here", asOf);
  }

  private static Reading<String> absent() {
    throw new PartitionNotLocalException("not here");
  }
}
