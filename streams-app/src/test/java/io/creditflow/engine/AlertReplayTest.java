package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** A replay into a new state, as under a new application id, and what comes after it. */
class AlertReplayTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private record Arrival(String topic, SpecificRecord event, Instant at) {}

  private final List<Arrival> topics = new ArrayList<>();
  private final Set<String> published = new HashSet<>();
  private EngineCalculator calculator = new EngineCalculator(ReferenceRules.DEFAULT);
  private Instant now = START;

  @Test
  void whatWasCrossedLeftAndCrossedAgainDaysAgoIsNotPublishedAgain() {
    crossLeaveAndCrossAgain();
    now = now.plus(Duration.ofDays(3));
    lead("l9"); // makes the latest change of the campaign a fresh one
    assertThat(evaluate()).isEmpty();

    replay();

    assertThat(evaluate()).isEmpty();
  }

  @Test
  void afterAReplayTheNextRecoveryAndTheNextCrossingArePublished() {
    crossLeaveAndCrossAgain();

    replay();

    assertThat(evaluate()).isEmpty();
    takeBack("l8b");
    assertThat(evaluate()).containsExactly(AlertLevel.RECOVERED);
    lead("l8c");
    assertThat(evaluate()).containsExactly(AlertLevel.WARNING);
  }

  @Test
  void aRecoveryThatTheReplayComesUponIsPublished() {
    crossLeaveAndCrossAgain();
    takeBack("l8b");

    replay();

    assertThat(evaluate()).containsExactly(AlertLevel.RECOVERED);
    assertThat(evaluate()).isEmpty();
  }

  @Test
  void besideStateThatRaiseAlertsOthersHoldTheirsBackUntilTheyTakeOver() {
    campaign(10);
    for (int i = 1; i <= 8; i++) {
      lead("l" + i);
    }
    EngineCalculator old = calculator;
    EngineCalculator next = new EngineCalculator(ReferenceRules.DEFAULT);
    next.restart(false, Set.of());
    replayInto(next);

    assertThat(evaluate(next)).isEmpty();
    assertThat(evaluate(old)).containsExactly(AlertLevel.WARNING);
    calculator = next;
    lead("l9");
    lead("l10"); // which the old ones do not see any more
    assertThat(evaluate(next)).isEmpty();
    next.restart(true, Set.copyOf(published));

    assertThat(evaluate(next)).containsExactly(AlertLevel.CRITICAL);
    assertThat(evaluate(next)).isEmpty();
  }

  @Test
  void bothThresholdsLeftAtOnceStayLeft() {
    campaign(10);
    for (int i = 1; i <= 10; i++) {
      lead("l" + i);
    }
    assertThat(evaluate()).containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
    campaign(1000);
    assertThat(evaluate()).containsExactly(AlertLevel.RECOVERED);

    replay();

    assertThat(evaluate()).isEmpty();
    campaign(10);
    assertThat(evaluate()).containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  private void crossLeaveAndCrossAgain() {
    campaign(10);
    for (int i = 1; i <= 8; i++) {
      lead("l" + i);
    }
    assertThat(evaluate()).containsExactly(AlertLevel.WARNING);
    takeBack("l8");
    assertThat(evaluate()).containsExactly(AlertLevel.RECOVERED);
    lead("l8b");
    assertThat(evaluate()).containsExactly(AlertLevel.WARNING);
  }

  /** Levels of the QUOTA alerts that are published: none that was published before. */
  private List<AlertLevel> evaluate() {
    return evaluate(calculator);
  }

  private List<AlertLevel> evaluate(EngineCalculator judging) {
    now = now.plusSeconds(60);
    judging.advance(now);
    List<AlertLevel> levels = new ArrayList<>();
    for (CreditAlert alert : judging.evaluate(now)) {
      if (alert.getKind() == AlertKind.QUOTA && published.add(alert.getAlertId())) {
        levels.add(alert.getLevel());
      }
    }
    return levels;
  }

  private void replay() {
    calculator = new EngineCalculator(ReferenceRules.DEFAULT, Set.copyOf(published));
    replayInto(calculator);
  }

  private void replayInto(EngineCalculator fresh) {
    topics.forEach(record -> fresh.accept(record.topic, record.event, record.at));
  }

  private void campaign(long quota) {
    now = now.plusSeconds(1);
    arrive(
        Topics.CAMPAIGNS,
        new CampaignChanged(
            "p" + now,
            "w",
            "c",
            "Spring",
            LeadSource.CSV,
            CampaignStatus.ACTIVE,
            quota,
            null,
            null,
            now));
  }

  private void lead(String eventId) {
    now = now.plusSeconds(1);
    arrive(Topics.LEAD_SOURCED, new LeadSourced(eventId, "w", "c", eventId, LeadSource.CSV, now));
  }

  private void takeBack(String eventId) {
    now = now.plusSeconds(1);
    arrive(Topics.USAGE_REVERSED, new UsageReversed("r" + eventId, "w", eventId, null, now));
  }

  private void arrive(String topic, SpecificRecord event) {
    topics.add(new Arrival(topic, event, now));
    calculator.accept(topic, event, now);
  }
}
