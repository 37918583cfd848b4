package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditflow.alert.ThresholdEvaluator.Evaluation;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThresholdEvaluatorTest {
  private static final Instant NOW = Instant.parse("2026-03-30T12:00:00Z");
  private static final List<Double> QUOTA = AlertRules.STANDARD.quota();
  private static final List<Double> LOW_BALANCE = AlertRules.STANDARD.lowBalance();
  private static final List<Double> EXPIRY = AlertRules.STANDARD.expiry();
  private static final AlertSubject CAMPAIGN = new AlertSubject("w", AlertKind.QUOTA, "c");
  private static final AlertSubject BALANCE = new AlertSubject("w", AlertKind.LOW_BALANCE, "");
  private static final AlertSubject GRANT = new AlertSubject("w", AlertKind.EXPIRY, "g");

  private final Set<String> raised = new HashSet<>();
  private AlertState state = AlertState.NEW;

  @Test
  void exactly80PercentOfAQuotaFiresAndOneCreditLessDoesNot() {
    for (long quota : new long[] {5, 10, 35, 1_000, 123_455, 1_000_000_000_000L}) {
      long threshold = quota / 5 * 4;
      assertThat(evaluateNew(QUOTA, quota(threshold, quota)).alerts())
          .as("%d of %d", threshold, quota)
          .extracting(CreditAlert::getLevel, CreditAlert::getThreshold, CreditAlert::getValue)
          .containsExactly(tuple(AlertLevel.WARNING, 0.8, 0.8));
      assertThat(evaluateNew(QUOTA, quota(threshold - 1, quota)).alerts()).isEmpty();
    }
  }

  @Test
  void exactly2010And0PercentOfTheAllocationFire() {
    assertThat(levels(LOW_BALANCE, balance(201, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(200, 1000))).containsExactly(AlertLevel.NOTICE);
    assertThat(levels(LOW_BALANCE, balance(101, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(100, 1000))).containsExactly(AlertLevel.WARNING);
    assertThat(levels(LOW_BALANCE, balance(1, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(0, 1000))).containsExactly(AlertLevel.CRITICAL);
    assertThat(levels(LOW_BALANCE, new RemainingBalance(BALANCE, 0, 1000, 50, NOW))).isEmpty();
  }

  @Test
  void aJumpOverSeveralThresholdsRaisesEachOfThemOnce() {
    assertThat(levels(QUOTA, quota(100, 100)))
        .containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
    assertThat(levels(QUOTA, quota(150, 100))).isEmpty();
  }

  @Test
  void aTopUpRecoversOnceAndArmsEveryThresholdLeftAgain() {
    levels(LOW_BALANCE, balance(0, 1000));

    assertThat(levels(LOW_BALANCE, balance(1500, 2000))).containsExactly(AlertLevel.RECOVERED);
    assertThat(levels(LOW_BALANCE, balance(0, 2000)))
        .containsExactly(AlertLevel.NOTICE, AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  @Test
  void aPartialTopUpArmsOnlyWhatWasLeft() {
    levels(LOW_BALANCE, balance(0, 1000));
    Evaluation partial = evaluate(LOW_BALANCE, balance(150, 1000));

    assertThat(partial.alerts()).extracting(CreditAlert::getThreshold).containsExactly(0.1);
    assertThat(levels(LOW_BALANCE, balance(0, 1000)))
        .containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  @Test
  void withoutAnAllocationOnlyOverageSaysThatNothingIsLeft() {
    assertThat(levels(LOW_BALANCE, new RemainingBalance(BALANCE, 0, 0, 0, NOW))).isEmpty();
    assertThat(levels(LOW_BALANCE, new RemainingBalance(BALANCE, 0, 0, 3, NOW)))
        .containsExactly(AlertLevel.CRITICAL);
    assertThat(levels(LOW_BALANCE, new RemainingBalance(BALANCE, 0, 0, 0, NOW)))
        .as("the last grant expired: nothing to compare with")
        .isEmpty();
    assertThat(levels(LOW_BALANCE, balance(900, 1000))).containsExactly(AlertLevel.RECOVERED);
  }

  @Test
  void aQuotaTakenAwayRecovers() {
    levels(QUOTA, quota(10, 10));

    Evaluation evaluation = evaluate(QUOTA, new QuotaUsage(CAMPAIGN, null, 10, null, NOW));

    assertThat(evaluation.alerts())
        .extracting(
            CreditAlert::getLevel,
            CreditAlert::getThreshold,
            CreditAlert::getValue,
            CreditAlert::getMessage)
        .containsExactly(
            tuple(
                AlertLevel.RECOVERED,
                0.8,
                null,
                "Campaign c has no quota now; it has used 10 credits"));
    assertThat(levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 10, null, NOW))).isEmpty();
  }

  @Test
  void aQuotaOf0IsExceededByTheFirstCreditAndNotBefore() {
    assertThat(levels(QUOTA, quota(0, 0))).isEmpty();
    assertThat(evaluate(QUOTA, quota(5, 0)).alerts())
        .extracting(CreditAlert::getLevel, CreditAlert::getValue, CreditAlert::getMessage)
        .containsExactly(
            tuple(AlertLevel.WARNING, null, "Campaign c has used 5 credits; its quota allows none"),
            tuple(
                AlertLevel.CRITICAL, null, "Campaign c has used 5 credits; its quota allows none"));
    assertThat(levels(QUOTA, quota(0, 0))).containsExactly(AlertLevel.RECOVERED);
  }

  @Test
  void aRecoveryIsRaisedWhateverItsAgeIfItsAlertWas() {
    Instant old = NOW.minus(Duration.ofDays(3));
    levels(QUOTA, quota(90, 100));

    assertThat(levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 10, 100L, old)))
        .containsExactly(AlertLevel.RECOVERED);
    levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 90, 100L, old));
    assertThat(levels(QUOTA, quota(10, 100))).as("of an alert that was not raised").isEmpty();
  }

  @Test
  void oneRecoverySpeaksForTheMildestThatWasRaised() {
    levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 90, 100L, NOW.minus(Duration.ofDays(3))));
    levels(QUOTA, quota(100, 100));

    Evaluation evaluation = evaluate(QUOTA, quota(10, 100));

    assertThat(recovered(evaluation)).containsExactly(1.0);
    assertThat(levels(QUOTA, quota(100, 100)))
        .as("both are armed again")
        .containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  @Test
  void aCrossingOver24HoursOldIsNotedButNotRaised() {
    Instant old = NOW.minus(Duration.ofHours(24)).minusMillis(1);

    assertThat(levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 90, 100L, old))).isEmpty();
    assertThat(state.fired(0.8)).isTrue();
    assertThat(levels(QUOTA, quota(91, 100))).isEmpty();
  }

  @Test
  void aCrossingExactly24HoursOldIsRaised() {
    Instant old = NOW.minus(Duration.ofHours(24));

    assertThat(levels(QUOTA, new QuotaUsage(CAMPAIGN, null, 90, 100L, old)))
        .containsExactly(AlertLevel.WARNING);
  }

  @Test
  void expiryNoticesFireAtWholeDaysOf24HoursAndOnlyOnce() {
    Instant expiresAt = NOW;
    List<CreditAlert> raised = new ArrayList<>();
    for (Instant at = expiresAt.minus(Duration.ofDays(40));
        at.isBefore(expiresAt.plus(Duration.ofDays(2)));
        at = at.plus(Duration.ofMinutes(30))) {
      Evaluation evaluation = evaluate(EXPIRY, expiring(100, expiresAt, at), at);
      for (CreditAlert alert : evaluation.alerts()) {
        assertThat(alert.getOccurredAt()).isEqualTo(at);
        assertThat(alert.getValue()).isEqualTo(alert.getThreshold());
      }
      raised.addAll(evaluation.alerts());
    }
    assertThat(raised).extracting(CreditAlert::getThreshold).containsExactly(30.0, 7.0, 1.0);
    assertThat(raised)
        .extracting(CreditAlert::getOccurredAt)
        .containsExactly(
            expiresAt.minus(Duration.ofDays(30)),
            expiresAt.minus(Duration.ofDays(7)),
            expiresAt.minus(Duration.ofDays(1)));
  }

  @Test
  void aGrantWithoutARestExpiresInSilence() {
    assertThat(evaluate(EXPIRY, expiring(0, NOW.plus(Duration.ofHours(3)), NOW)).alerts())
        .isEmpty();
  }

  @Test
  void aGrantThatBeginsNearItsExpiryIsNoticedWhenItBegins() {
    Instant expiresAt = NOW.plus(Duration.ofDays(5));
    ExpiringGrant begun = new ExpiringGrant(GRANT, 10, NOW, expiresAt, NOW, ZoneOffset.UTC);
    ExpiringGrant begunLongAgo =
        new ExpiringGrant(GRANT, 10, NOW.minus(Duration.ofDays(9)), expiresAt, NOW, ZoneOffset.UTC);

    assertThat(evaluateNew(EXPIRY, begun).alerts())
        .extracting(CreditAlert::getLevel)
        .containsExactly(AlertLevel.NOTICE, AlertLevel.WARNING);
    assertThat(evaluateNew(EXPIRY, begunLongAgo).alerts()).as("crossed days ago").isEmpty();
  }

  @Test
  void overGeneratedHistoriesEachCrossingAndArmingRaisesExactlyOneAlert() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      state = AlertState.NEW;
      raised.clear();
      boolean[] below = new boolean[3];
      Set<String> ids = new HashSet<>();
      double[] thresholds = {0.2, 0.1, 0};
      for (int step = 0; step < 200; step++) {
        long allocated = 100;
        long remaining = random.nextInt(4) == 0 ? random.nextInt(101) : random.nextInt(25);
        Evaluation evaluation = evaluate(LOW_BALANCE, balance(remaining, allocated));
        List<Double> expected = new ArrayList<>();
        Double recovered = null;
        for (int i = 0; i < 3; i++) {
          boolean now = remaining <= Math.round(thresholds[i] * 100);
          if (now && !below[i]) {
            expected.add(thresholds[i]);
          } else if (!now && below[i] && recovered == null) {
            recovered = thresholds[i];
          }
          below[i] = now;
        }
        assertThat(fired(evaluation)).as("seed %d step %d", seed, step).isEqualTo(expected);
        assertThat(recovered(evaluation))
            .isEqualTo(recovered == null ? List.of() : List.of(recovered));
        for (CreditAlert alert : evaluation.alerts()) {
          assertThat(ids.add(alert.getAlertId())).as("an id is used once").isTrue();
        }
        assertThat(evaluate(LOW_BALANCE, balance(remaining, allocated)).alerts())
            .as("judged again, nothing has changed")
            .isEmpty();
        state = AlertState.decode(state.encode());
      }
    }
  }

  @Test
  void theSameHistoryGivesTheSameIdsAndOtherSubjectsOthers() {
    String id = evaluateNew(QUOTA, quota(80, 100)).alerts().get(0).getAlertId();

    assertThat(evaluateNew(QUOTA, quota(85, 100)).alerts().get(0).getAlertId()).isEqualTo(id);
    assertThat(
            evaluateNew(
                    QUOTA,
                    new QuotaUsage(
                        new AlertSubject("w", AlertKind.QUOTA, "d"), null, 80, 100L, NOW))
                .alerts()
                .get(0)
                .getAlertId())
        .isNotEqualTo(id);
    assertThat(
            evaluateNew(
                    QUOTA,
                    new QuotaUsage(
                        new AlertSubject("v", AlertKind.QUOTA, "c"), null, 80, 100L, NOW))
                .alerts()
                .get(0)
                .getAlertId())
        .isNotEqualTo(id);
  }

  @Test
  void changedThresholdsKeepWhatStillApplies() {
    levels(QUOTA, quota(85, 100));

    assertThat(levels(List.of(0.5, 0.8), quota(85, 100)))
        .as("0.8 has fired already, 0.5 is new")
        .containsExactly(AlertLevel.WARNING);
  }

  @Test
  void messagesSayItInPlainWords() {
    assertThat(evaluateNew(QUOTA, new QuotaUsage(CAMPAIGN, "Spring", 9_960, 10_000L, NOW)).alerts())
        .extracting(CreditAlert::getMessage)
        .containsExactly("Campaign \"Spring\" has used 99 % of its quota: 9,960 of 10,000 credits");
    assertThat(evaluateNew(LOW_BALANCE, new RemainingBalance(BALANCE, 0, 500, 7, NOW)).alerts())
        .last()
        .extracting(CreditAlert::getMessage)
        .isEqualTo("No credits are left; overage has begun: 7 credits so far");
    assertThat(evaluateNew(EXPIRY, expiring(1, NOW.plus(Duration.ofDays(7)), NOW)).alerts())
        .last()
        .extracting(CreditAlert::getMessage)
        .isEqualTo(
            "1 credit of grant g expires in 7 days (6 Apr 2026, 12:00 UTC) unless used before");
    assertThat(evaluateNew(LOW_BALANCE, balance(4, 10_000)).alerts())
        .last()
        .extracting(CreditAlert::getMessage)
        .isEqualTo("Under 1 % of the allocation is left: 4 of 10,000 credits");
  }

  @Test
  void messagesSpeakInTheZoneOfTheWorkspaceAndCountItsDays() {
    ZoneId zone = ZoneId.of("America/Los_Angeles");
    Instant expiresAt = Instant.parse("2026-12-16T00:00:00Z");
    Instant from = expiresAt.minus(Duration.ofDays(90));

    assertThat(
            new ExpiringGrant(
                GRANT, 5, from, expiresAt, Instant.parse("2026-11-29T07:00:00Z"), zone))
        .extracting(rest -> rest.reachedMessage(), ExpiringGrant::value)
        .containsExactly(
            "5 credits of grant g expire in 17 days (15 Dec 2026, 16:00 UTC-08:00) unless used"
                + " before",
            17.0);
    assertThat(
            new ExpiringGrant(
                    GRANT, 5, from, expiresAt, Instant.parse("2026-12-15T23:00:00Z"), zone)
                .reachedMessage())
        .isEqualTo(
            "5 credits of grant g expire today (15 Dec 2026, 16:00 UTC-08:00) unless used before");
    ZoneId newYork = ZoneId.of("America/New_York");
    assertThat(AlertMessages.moment(Instant.parse("2026-11-01T05:30:00Z"), newYork))
        .isEqualTo("1 Nov 2026, 01:30 UTC-04:00");
    assertThat(AlertMessages.moment(Instant.parse("2026-11-01T06:30:00Z"), newYork))
        .isEqualTo("1 Nov 2026, 01:30 UTC-05:00");
  }

  private Evaluation evaluate(List<Double> thresholds, AlertMeasure measure) {
    return evaluate(thresholds, measure, NOW);
  }

  private Evaluation evaluate(List<Double> thresholds, AlertMeasure measure, Instant now) {
    Evaluation evaluation =
        ThresholdEvaluator.evaluate(thresholds, state, measure, raised::contains, now);
    state = evaluation.after();
    evaluation.alerts().forEach(alert -> raised.add(alert.getAlertId()));
    return evaluation;
  }

  private static Evaluation evaluateNew(List<Double> thresholds, AlertMeasure measure) {
    return ThresholdEvaluator.evaluate(thresholds, AlertState.NEW, measure, id -> false, NOW);
  }

  private List<AlertLevel> levels(List<Double> thresholds, AlertMeasure measure) {
    return evaluate(thresholds, measure).alerts().stream().map(CreditAlert::getLevel).toList();
  }

  private static List<Double> fired(Evaluation evaluation) {
    return evaluation.alerts().stream()
        .filter(alert -> alert.getLevel() != AlertLevel.RECOVERED)
        .map(CreditAlert::getThreshold)
        .toList();
  }

  private static List<Double> recovered(Evaluation evaluation) {
    return evaluation.alerts().stream()
        .filter(alert -> alert.getLevel() == AlertLevel.RECOVERED)
        .map(CreditAlert::getThreshold)
        .toList();
  }

  private static QuotaUsage quota(long used, long quota) {
    return new QuotaUsage(CAMPAIGN, null, used, quota, NOW);
  }

  private static RemainingBalance balance(long remaining, long allocated) {
    return new RemainingBalance(BALANCE, remaining, allocated, 0, NOW);
  }

  private static ExpiringGrant expiring(long rest, Instant expiresAt, Instant now) {
    return new ExpiringGrant(
        GRANT, rest, expiresAt.minus(Duration.ofDays(90)), expiresAt, now, ZoneOffset.UTC);
  }
}
