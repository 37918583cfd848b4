package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.alert.SpikeRule;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Spikes as the engine raises them: on what arrives, at its flushes and timers. */
class SpikeMonitorTest {
  private static final String WORKSPACE = "w";

  /** A Monday. */
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private static final int WEEK = 7 * 24;
  private static final int SPIKE = 3 * WEEK + 10;

  /** Ten credits a lead: fewer events for the same spend. */
  private static final ReferenceRules TEN_A_LEAD =
      ReferenceRules.DEFAULT.withPrices(
          List.of(
              new ReferenceRules.Price(ReferenceRules.Charged.LEAD_SOURCED, Instant.EPOCH, 10)));

  private final EngineCalculator calculator = new EngineCalculator(TEN_A_LEAD);
  private final List<CreditAlert> raised = new ArrayList<>();
  private int events;

  @Test
  void aSpikeIsRaisedWithinItsHourAndOnceHoweverOftenItIsFlushed() {
    steadyUntil(SPIKE, "c");
    assertThat(raised).isEmpty();

    spend("c", at(SPIKE, 10), 60, at(SPIKE, 10));
    advance(at(SPIKE, 11));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
    assertThat(raised.get(0).getOccurredAt()).isBetween(at(SPIKE, 10), at(SPIKE, 59));
    for (int minute = 12; minute < 60; minute++) {
      spend("c", at(SPIKE, minute), 2, at(SPIKE, minute));
      advance(at(SPIKE, minute));
    }
    assertThat(raised).hasSize(1);
  }

  @Test
  void itRecoversAfterCalmHoursThoughNothingArrives() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 10), 60, at(SPIKE, 10));

    for (int minute = 11; minute < 26 * 60; minute += 7) {
      advance(at(SPIKE, minute));
    }

    assertThat(raised)
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(raised.get(1).getOccurredAt()).isEqualTo(at(SPIKE + 25, 0));
  }

  @Test
  void aRestartAtEveryAdvanceRaisesNothingTwiceAndItStillRecovers() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 10), 60, at(SPIKE, 10));

    for (int minute = 11; minute < 30 * 60; minute += 13) {
      advance(at(SPIKE, minute));
      calculator.restart();
    }

    assertThat(raised)
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(raised).extracting(CreditAlert::getAlertId).doesNotHaveDuplicates();
  }

  @Test
  void whatWasWrittenButNotEvaluatedBeforeARestartIsEvaluatedAfterIt() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 10), 60, at(SPIKE, 10));
    calculator.flush();
    calculator.restart();

    advance(at(SPIKE, 11));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
  }

  @Test
  void whatWasWrittenAheadOfTheCommitIsEvaluatedAtTheCommit() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 10), 60, at(SPIKE, 10));
    calculator.flush();

    advance(at(SPIKE, 11));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
  }

  @Test
  void aRhythmOfTheDayAndTheWeekRaisesNothing() {
    for (int hour = 0; hour < 5 * WEEK; hour++) {
      boolean atWork = hour / 24 % 7 < 5 && hour % 24 >= 9 && hour % 24 < 17;
      spend("c", at(hour, 20), (atWork ? 30 : 1) + hour * 7 % 3, at(hour, 20));
      advance(at(hour, 21));
    }

    assertThat(raised).isEmpty();
  }

  @Test
  void aSpikeWhoseLastEventsComeJustAfterTheHourIsSeen() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 50), 6, at(SPIKE, 50));
    advance(at(SPIKE, 51));
    spend("c", at(SPIKE + 1, 0), 1, at(SPIKE + 1, 0));
    advance(at(SPIKE + 1, 0));
    assertThat(raised).isEmpty();

    spend("c", at(SPIKE, 59), 60, at(SPIKE + 1, 1));
    advance(at(SPIKE + 1, 1));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
    assertThat(raised.get(0).getMessage()).contains("spent 660 credits in the hour from");
  }

  @Test
  void aBurstThatArrivesWithinADayIsRaisedAndALaterOneIsNot() {
    steadyUntil(SPIKE + 24, "c", "late");
    assertThat(raised).isEmpty();

    spend("late", at(SPIKE - 1, 20), 60, at(SPIKE + 24, 5));
    advance(at(SPIKE + 24, 6));
    assertThat(raised).isEmpty();
    spend("c", at(SPIKE, 20), 60, at(SPIKE + 24, 7));
    advance(at(SPIKE + 24, 8));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
    assertThat(raised.get(0).getOccurredAt()).isEqualTo(at(SPIKE + 1, 0));
  }

  @Test
  void aLateBurstIsRaisedWhateverArrivesWithIt() {
    steadyUntil(SPIKE + 12, "c", "d");
    Instant now = at(SPIKE + 12, 5);
    spend("c", at(SPIKE, 20), 60, now);
    spend("c", now, 4, now);
    spend("d", now, 4, now);
    spend("d", at(SPIKE, 20), 60, now);
    advance(at(SPIKE + 12, 6));

    assertThat(raised).extracting(CreditAlert::getCampaignId).containsExactlyInAnyOrder("c", "d");
    assertThat(raised).extracting(CreditAlert::getOccurredAt).containsOnly(at(SPIKE + 1, 0));
  }

  @Test
  void usageDatedIntoTheNextHourIsEvaluatedWhenThatBegins() {
    steadyUntil(SPIKE, "c");
    spend("c", at(SPIKE, 1), 60, at(SPIKE - 1, 58));
    advance(at(SPIKE - 1, 59));
    assertThat(raised).isEmpty();

    advance(at(SPIKE, 1));

    assertThat(raised).singleElement().satisfies(SpikeMonitorTest::isSpikeOfC);
  }

  @Test
  void anHourBelowItsLimitIsNotLookedAtAgain() {
    steadyUntil(SPIKE, "c");
    SpikeMonitor desk = new SpikeMonitor(calculator.state());
    long hour = at(SPIKE - 1, 0).getEpochSecond() / 3600;
    long now = at(SPIKE - 1, 40).toEpochMilli();

    desk.onUsage(WORKSPACE, "c", hour, SpikeRule.EXCESS_MIN - 1);
    assertThat(desk.hasWork(now)).isFalse();
    desk.onUsage(WORKSPACE, "c", hour, 50);
    assertThat(desk.hasWork(now)).isTrue();
    assertThat(desk.evaluate(now, row -> {})).isEmpty();
    desk.onUsage(WORKSPACE, "c", hour, 80);
    assertThat(desk.hasWork(now)).isFalse();
    desk.onUsage(WORKSPACE, "c", hour, 200);
    assertThat(desk.hasWork(now)).isTrue();
  }

  @Test
  void moreCampaignsThanOneFlushLooksAtHaveTheirTurnAtTheNext() {
    String[] campaigns = IntStream.range(0, 40).mapToObj(i -> "c" + i).toArray(String[]::new);
    int spike = WEEK + 30;
    steadyUntil(spike, campaigns);
    for (String campaign : campaigns) {
      spend(campaign, at(spike, 10), 60, at(spike, 10));
    }

    int ticks = 0;
    while (calculator.isDue(at(spike, 11)) && ticks < 100) {
      advance(at(spike, 11));
      ticks++;
    }

    assertThat(ticks).isBetween(2, campaigns.length);
    assertThat(raised).extracting(CreditAlert::getCampaignId).containsExactlyInAnyOrder(campaigns);
  }

  private static void isSpikeOfC(CreditAlert alert) {
    assertThat(alert.getKind()).isEqualTo(AlertKind.SPIKE);
    assertThat(alert.getLevel()).isEqualTo(AlertLevel.WARNING);
    assertThat(alert.getWorkspaceId()).isEqualTo(WORKSPACE);
    assertThat(alert.getCampaignId()).isEqualTo("c");
    assertThat(alert.getValue()).isGreaterThanOrEqualTo(alert.getThreshold());
  }

  private static Instant at(int hour, int minute) {
    return START.plus(Duration.ofMinutes(hour * 60L + minute));
  }

  /** About 50 credits an hour, flushed and judged every hour. */
  private void steadyUntil(int end, String... campaigns) {
    for (int hour = 0; hour < end; hour++) {
      for (String campaign : campaigns) {
        spend(campaign, at(hour, 20), 4 + hour * 7 % 3, at(hour, 20));
      }
      advance(at(hour, 21));
    }
  }

  private void spend(String campaignId, Instant occurredAt, int leads, Instant arrival) {
    for (int i = 0; i < leads; i++) {
      String id = "e" + events++;
      calculator.accept(
          Topics.LEAD_SOURCED,
          new LeadSourced(id, WORKSPACE, campaignId, "l" + id, LeadSource.CSV, occurredAt),
          arrival);
    }
  }

  /** A commit: the pipeline makes one at least at every timer at which something is due. */
  private void advance(Instant now) {
    calculator.advance(now);
    calculator.evaluate(now).stream()
        .filter(alert -> alert.getKind() == AlertKind.SPIKE)
        .forEach(raised::add);
  }
}
