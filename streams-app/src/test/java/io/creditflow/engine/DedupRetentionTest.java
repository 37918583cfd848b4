package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.event.Event;
import io.creditflow.event.EventValidator;
import io.creditflow.event.SourceRecord;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.query.EventResponse;
import io.creditflow.query.EventResponse.Outcome;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Ids are remembered long enough, whatever the age limit was when they arrived. */
class DedupRetentionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration BACKFILL = null;

  private final InMemoryRowStore state = new InMemoryRowStore();
  private CreditEngine engine;
  private long offset;

  @Test
  void what_came_in_backfill_can_be_taken_back_afterwards() {
    restart(BACKFILL);
    assertThat(lead("old", NOW.minus(DAY.multipliedBy(100)), NOW)).isEqualTo(RecordOutcome.APPLIED);
    restart(DAY.multipliedBy(35));
    caughtUp(NOW.plus(DAY));
    restart(DAY.multipliedBy(35));
    assertThat(takeBack("old", NOW.plus(DAY))).isEqualTo(RecordOutcome.APPLIED);
  }

  @Test
  void what_came_in_backfill_is_a_repeat_in_the_next() {
    restart(BACKFILL);
    lead("old", NOW.minus(DAY.multipliedBy(100)), NOW);
    restart(DAY.multipliedBy(35));
    caughtUp(NOW.plus(DAY));
    restart(BACKFILL);
    assertThat(lead("old", NOW.minus(DAY.multipliedBy(100)), NOW.plus(DAY.multipliedBy(2))))
        .isEqualTo(RecordOutcome.REPEATED);
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
        .isEqualTo(RecordOutcome.REPEATED);
  }

  @Test
  void a_backfill_that_cannot_yet_say_how_far_it_is_forgets_nothing() {
    restart(DAY.multipliedBy(35));
    lead("recent", NOW, NOW);
    caughtUp(NOW.plus(DAY));
    restart(BACKFILL);
    caughtUp(Instant.EPOCH);
    restart(BACKFILL);
    assertThat(lead("recent", NOW, NOW.plus(DAY))).isEqualTo(RecordOutcome.REPEATED);
  }

  @Test
  void an_id_used_anew_after_it_was_forgotten_is_reversed_anew() {
    restart(DAY.multipliedBy(35));
    lead("e", NOW, NOW);
    takeBack("e", NOW);
    assertThat(used()).isZero();
    Instant later = NOW.plus(DAY.multipliedBy(72));
    caughtUp(later);
    lead("e", later, later);
    assertThat(used()).isEqualTo(1);
    assertThat(takeBack("e", later)).as("under the same id, too").isEqualTo(RecordOutcome.APPLIED);
    assertThat(used()).isZero();
    restart(DAY.multipliedBy(35));
    assertThat(takeBack("e", later)).isEqualTo(RecordOutcome.REPEATED);
  }

  @Test
  void anything_but_grants_campaigns_and_workspaces_is_forgotten_twice_the_limit_and_a_day_later() {
    restart(DAY.multipliedBy(35));
    lead("e", NOW.plus(Duration.ofMinutes(5)), NOW);
    takeBack("e", NOW.plus(Duration.ofMinutes(4)), NOW);
    accept(EventType.EMAIL_SENT, new EmailSent("m", "w", "c", "l", NOW), NOW);
    accept(EventType.WORKSPACE_CHANGED, new WorkspaceChanged("z", "w", "W", "UTC", NOW), NOW);
    Instant atLeast = NOW.plus(DAY.multipliedBy(35)).plus(Duration.ofMinutes(65));
    caughtUp(atLeast);
    assertThat(List.of("e", "r-e", "m", "z")).allMatch(id -> event(id).isPresent());
    for (int i = 0; i < 2; i++) {
      caughtUp(NOW.plus(DAY.multipliedBy(71)));
      assertThat(engine.ids().size()).isEqualTo(1);
      assertThat(List.of("e", "r-e", "m")).allMatch(id -> event(id).isEmpty());
      assertThat(event("z")).isPresent();
      restart(DAY.multipliedBy(35));
    }
  }

  @Test
  void the_trace_means_the_newest_event_of_an_id() {
    restart(DAY.multipliedBy(35));
    lead("r-e", NOW, NOW);
    Instant later = NOW.plus(DAY.multipliedBy(72));
    caughtUp(later);
    lead("e", later, later);
    takeBack("e", later);
    assertThat(event("r-e").orElseThrow().kind()).isEqualTo("REVERSED");
    Instant muchLater = later.plus(DAY.multipliedBy(72));
    caughtUp(muchLater);
    lead("r-e", muchLater, muchLater);
    assertThat(event("r-e").orElseThrow().kind()).isEqualTo("LEAD_SOURCED");
    assertThat(event("r-e").orElseThrow().occurredAt()).isEqualTo(muchLater);
  }

  @Test
  void the_id_of_a_reversal_that_waited_in_vain_may_be_that_of_a_lead() {
    restart(DAY.multipliedBy(35));
    takeBack("e", NOW);
    assertThat(event("r-e").orElseThrow().outcome()).isEqualTo(Outcome.WAITING);
    Instant later = NOW.plus(DAY.multipliedBy(35));
    caughtUp(later);
    assertThat(event("r-e").orElseThrow().outcome()).isEqualTo(Outcome.REJECTED);
    for (int i = 0; i < 2; i++) {
      assertThat(lead("r-e", later, later))
          .isEqualTo(i == 0 ? RecordOutcome.APPLIED : RecordOutcome.REPEATED);
      assertThat(event("r-e").orElseThrow().outcome()).isEqualTo(Outcome.APPLIED);
      restart(DAY.multipliedBy(35));
    }
  }

  private Optional<EventResponse> event(String id) {
    return view().event("w", id);
  }

  private long used() {
    return view().credits("w", null).orElseThrow().overage();
  }

  private PartitionView view() {
    return new PartitionView(
        state,
        PriceList.STANDARD,
        new PostingSearch()
            .setRetention(
                FlushCheckpoint.read(state).forgottenBefore(),
                FlushCheckpoint.read(state).ageLimit()),
        NOW.plus(DAY.multipliedBy(200)).toEpochMilli());
  }

  private void restart(Duration ageLimit) {
    EngineConfig standard = EngineConfig.STANDARD;
    EventValidator.Limits acceptance = standard.acceptance();
    EngineConfig rules =
        new EngineConfig(
            new EventValidator.Limits(
                ageLimit,
                acceptance.futureLimit(),
                acceptance.reversalWait(),
                acceptance.recordBytesMax()),
            standard.prices(),
            standard.alerts(),
            standard.recountRowsPerStep(),
            standard.recentQuartersMax());
    engine = new CreditEngine(rules, state, key -> 0, Set.of());
  }

  private void caughtUp(Instant asOf) {
    engine.advance(asOf.toEpochMilli());
    lead("filler" + offset, NOW.plus(DAY.multipliedBy(1000)), Instant.EPOCH); // something to write
    engine.flush();
  }

  private RecordOutcome lead(String id, Instant occurredAt, Instant arrival) {
    return accept(
        EventType.LEAD_SOURCED,
        new LeadSourced(id, "w", "c", "l", LeadSource.CSV, occurredAt),
        arrival);
  }

  private RecordOutcome takeBack(String id, Instant arrival) {
    return takeBack(id, arrival, arrival);
  }

  private RecordOutcome takeBack(String id, Instant occurredAt, Instant arrival) {
    return accept(
        EventType.USAGE_REVERSED, new UsageReversed("r-" + id, "w", id, null, occurredAt), arrival);
  }

  private RecordOutcome accept(EventType type, SpecificRecord record, Instant arrival) {
    SourceRecord origin =
        new SourceRecord(
            type.topic(),
            0,
            offset++,
            arrival.toEpochMilli(),
            "w".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            List.of());
    RecordOutcome outcome = engine.accept(origin, Event.of(record, ContentFingerprint.of(record)));
    engine.flush();
    return outcome;
  }
}
