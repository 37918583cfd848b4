package io.creditflow.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.event.AcceptanceRules;
import io.creditflow.event.Event;
import io.creditflow.event.Origin;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.MemoryState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Ids are remembered long enough, whatever the age limit was when they arrived. */
class ForgettingTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration BACKFILL = null;

  private final MemoryState state = new MemoryState();
  private PostingEngine engine;
  private long offset;

  @Test
  void what_came_in_backfill_can_be_taken_back_afterwards() {
    restart(BACKFILL);
    assertThat(lead("old", NOW.minus(DAY.multipliedBy(100)), NOW)).isEqualTo(Verdict.APPLIED);
    restart(DAY.multipliedBy(35));
    caughtUp(NOW.plus(DAY));
    restart(DAY.multipliedBy(35));
    assertThat(takeBack("old", NOW.plus(DAY))).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void what_came_in_backfill_is_a_repeat_in_the_next() {
    restart(BACKFILL);
    lead("old", NOW.minus(DAY.multipliedBy(100)), NOW);
    restart(DAY.multipliedBy(35));
    caughtUp(NOW.plus(DAY));
    restart(BACKFILL);
    assertThat(lead("old", NOW.minus(DAY.multipliedBy(100)), NOW.plus(DAY.multipliedBy(2))))
        .isEqualTo(Verdict.REPEATED);
  }

  @Test
  void what_came_in_backfill_is_forgotten_in_the_end() {
    restart(BACKFILL);
    lead("old", NOW.minus(DAY.multipliedBy(100)), NOW);
    restart(DAY.multipliedBy(35));
    caughtUp(NOW.plus(DAY.multipliedBy(35)));
    assertThat(engine.ids().size()).isEqualTo(1);
    caughtUp(NOW.plus(DAY.multipliedBy(35)).plus(Duration.ofHours(2)));
    assertThat(engine.ids().size()).isZero();
    restart(DAY.multipliedBy(35));
    assertThat(engine.ids().size()).isZero();
  }

  @Test
  void a_larger_limit_brings_back_what_a_smaller_one_forgot() {
    restart(DAY.multipliedBy(35));
    lead("old", NOW.minus(DAY.multipliedBy(20)), NOW);
    restart(Duration.ofHours(1));
    caughtUp(NOW.plus(DAY));
    assertThat(engine.ids().size()).isZero();
    restart(DAY.multipliedBy(35));
    assertThat(lead("old", NOW.minus(DAY.multipliedBy(20)), NOW.plus(DAY)))
        .isEqualTo(Verdict.REPEATED);
  }

  @Test
  void a_backfill_that_cannot_yet_say_how_far_it_is_forgets_nothing() {
    restart(DAY.multipliedBy(35));
    lead("recent", NOW, NOW);
    caughtUp(NOW.plus(DAY));
    restart(BACKFILL);
    caughtUp(Instant.EPOCH);
    restart(BACKFILL);
    assertThat(lead("recent", NOW, NOW.plus(DAY))).isEqualTo(Verdict.REPEATED);
  }

  private void restart(Duration ageLimit) {
    CountingRules standard = CountingRules.STANDARD;
    AcceptanceRules acceptance = standard.acceptance();
    CountingRules rules =
        new CountingRules(
            new AcceptanceRules(
                ageLimit,
                acceptance.futureLimit(),
                acceptance.reversalWait(),
                acceptance.recordBytesMax()),
            standard.prices(),
            standard.alerts(),
            standard.recountRowsPerStep());
    engine = new PostingEngine(rules, state, key -> 0, Set.of());
  }

  private void caughtUp(Instant asOf) {
    engine.advance(asOf.toEpochMilli());
    lead("filler" + offset, NOW.plus(DAY.multipliedBy(1000)), Instant.EPOCH); // something to write
    engine.flush();
  }

  private Verdict lead(String id, Instant occurredAt, Instant arrival) {
    return accept(
        EventType.LEAD_SOURCED,
        new LeadSourced(id, "w", "c", "l", LeadSource.CSV, occurredAt),
        arrival);
  }

  private Verdict takeBack(String id, Instant arrival) {
    return accept(
        EventType.USAGE_REVERSED, new UsageReversed("r-" + id, "w", id, null, arrival), arrival);
  }

  private Verdict accept(EventType type, SpecificRecord record, Instant arrival) {
    Origin origin =
        new Origin(
            type.topic(),
            0,
            offset++,
            arrival.toEpochMilli(),
            "w".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            List.of());
    Verdict verdict = engine.accept(origin, Event.of(record, ContentFingerprint.of(record)));
    engine.flush();
    return verdict;
  }
}
