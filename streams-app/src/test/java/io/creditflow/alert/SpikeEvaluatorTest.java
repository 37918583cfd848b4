package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.alert.SpikeEvaluator.Evaluation;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.LeadSource;
import io.creditflow.usage.Activity;
import io.creditflow.usage.UsageCount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SpikeEvaluatorTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int SPIKE = 24 * 21 + 10;
  private final long[] hours = new long[24 * 26];

  SpikeEvaluatorTest() {
    for (int i = 0; i < hours.length; i++) {
      hours[i] = 40L + i * 7 % 11;
    }
    hours[SPIKE] = 600;
  }

  @Test
  void howeverOftenItLooksASpikeIsRaisedOnceAndRecoversOnce() {
    List<CreditAlert> perHour = watch(Duration.ofMinutes(60));
    List<CreditAlert> perMinutes = watch(Duration.ofMinutes(7));

    assertThat(perMinutes)
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(perMinutes)
        .extracting(CreditAlert::getAlertId)
        .containsExactlyElementsOf(perHour.stream().map(CreditAlert::getAlertId).toList());
  }

  @Test
  void theMessageSaysHourSourceAndActivityInTheWorkspacesZone() {
    CreditAlert alert = watch(Duration.ofMinutes(60)).get(0);

    assertThat(alert.getOccurredAt()).isEqualTo(START.plus(Duration.ofHours(SPIKE + 1)));
    assertThat(alert.getKind()).isEqualTo(AlertKind.SPIKE);
    assertThat(alert.getValue()).isGreaterThan(10);
    assertThat(alert.getMessage())
        .isEqualTo(
            "Campaign \"Spring\" spent 600 credits in the hour from 23 Mar 2026, 06:00 UTC-04:00"
                + " (540 for leads from CSV, 60 for phone numbers); about 49 credits would be"
                + " usual");
  }

  @Test
  void aDayOfAbsenceIsCaughtUpOnAndMoreIsNot() {
    assertThat(look(SpikeState.NEW, SPIKE + 24).alerts())
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.WARNING);
    assertThat(look(SpikeState.NEW, SPIKE + 25).alerts()).isEmpty();
  }

  @Test
  void aBurstOfSeveralHoursIsRaisedOnceAndEndsADayAfterItsLast() {
    hours[SPIKE + 1] = 600;
    hours[SPIKE + 3] = 700;

    List<CreditAlert> alerts = watch(Duration.ofMinutes(30));

    assertThat(alerts)
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(alerts.get(1).getOccurredAt()).isEqualTo(START.plus(Duration.ofHours(SPIKE + 28)));
  }

  @Test
  void whatBeganAndEndedDuringALongAbsenceIsNotRaised() {
    SpikeState open = look(SpikeState.NEW, SPIKE).after();
    hours[SPIKE + 30] = 600;

    assertThat(look(open, SPIKE + 60).alerts())
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.RECOVERED);
  }

  @Test
  void anOpenSpikeRecoversHoweverLateItIsLookedAt() {
    SpikeState open = look(SpikeState.NEW, SPIKE + 1).after();

    Evaluation late = look(open, SPIKE + 60);

    assertThat(late.alerts())
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.RECOVERED);
    assertThat(late.alerts().get(0).getOccurredAt())
        .isEqualTo(START.plus(Duration.ofHours(SPIKE + 25)));
    assertThat(late.after().open()).isFalse();
  }

  @Test
  void aBurstThatArrivesLateIsRaisedUnderTheIdItWouldHaveHadInTime() {
    hours[SPIKE] = 45;
    SpikeState before = look(SpikeState.NEW, SPIKE + 20).after();
    assertThat(before.open()).isFalse();
    hours[SPIKE] = 600;

    assertThat(look(before, SPIKE + 20).alerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.getAlertId())
                    .isEqualTo(look(SpikeState.NEW, SPIKE).alerts().get(0).getAlertId()));
  }

  private Evaluation look(SpikeState before, int openHour) {
    return look(before, START.plus(Duration.ofHours(openHour)), hours[openHour]);
  }

  private Evaluation look(SpikeState before, Instant now, long openCredits) {
    long openHour = now.getEpochSecond() / 3600;
    LongUnaryOperator credits =
        hour ->
            hour < hour(0) ? -1 : hour == openHour ? openCredits : hours[(int) (hour - hour(0))];
    SpikeEvaluator watch =
        new SpikeEvaluator(
            new AlertSubject("w", AlertKind.SPIKE, "c"),
            "Spring",
            ZoneId.of("America/New_York"),
            credits,
            hour -> count(credits.applyAsLong(hour)));
    return watch.evaluate(before, hour -> SpikeRule.STANDARD.reachesLimit(credits, hour), now);
  }

  private static UsageCount count(long credits) {
    UsageCount count = new UsageCount();
    count.add(Activity.LEAD_SOURCED, LeadSource.CSV.ordinal(), credits - credits / 10, 1);
    count.add(Activity.PHONE_REVEALED, 0, credits / 10, 1);
    return count;
  }

  /** Looks again and again, hours filling up evenly; the state goes through its bytes. */
  private List<CreditAlert> watch(Duration every) {
    List<CreditAlert> alerts = new ArrayList<>();
    SpikeState state = SpikeState.NEW;
    Instant end = START.plus(Duration.ofHours(hours.length));
    for (Instant now = START.plus(every); now.isBefore(end); now = now.plus(every)) {
      int openHour = (int) Duration.between(START, now).toHours();
      long soFar = hours[openHour] * (now.getEpochSecond() % 3600) / 3600;
      Evaluation evaluation = look(state, now, soFar);
      alerts.addAll(evaluation.alerts());
      state = SpikeState.decode(evaluation.after().encode());
    }
    return alerts;
  }

  private static long hour(int index) {
    return START.getEpochSecond() / 3600 + index;
  }
}
