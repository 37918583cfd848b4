package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.CreditsResponse.GrantStatus;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.HistoryRow.Kind;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants ended early (contract section 3, rule 7), by hand. */
abstract class VoidScenarios {
  private final CreditCalculator.Factory maker;

  VoidScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(1));
  }

  private static void assertGrant(
      GrantItem item, GrantStatus status, long remaining, long consumed, long forfeited) {
    assertThat(item.status()).isEqualTo(status);
    assertThat(List.of(item.remaining(), item.consumed(), item.forfeited()))
        .containsExactly(remaining, consumed, forfeited);
  }

  private static List<Kind> kinds(Scenario scenario) {
    return scenario.history().stream().map(HistoryRow::kind).toList();
  }

  @Test
  void aVoidForfeitsTheRestAndWhatWasSpentStaysSpent() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(30));
    scenario.leads("e", 3, day(1));
    scenario.arrive(day(6));
    scenario.voidGrant("v", "g", day(5));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 3, 7);
    assertThat(scenario.credits().remaining()).isZero();
    HistoryRow row = scenario.history().get(0);
    assertThat(row.kind()).isEqualTo(Kind.VOIDED);
    assertThat(row.occurredAt()).isEqualTo(day(5));
    assertThat(row.grantId()).isEqualTo("g");
    assertThat(row.credits()).isEqualTo(-7);
    assertThat(row.balanceAfter()).isZero();
    assertThat(row.reason()).isEqualTo("because v");
  }

  @Test
  void usageAtTheInstantOfTheVoidDoesNotDrawAndLateUsageBeforeItDoes() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("g", 10, day(0), day(30));
    scenario.voidGrant("v", "g", day(5));
    scenario.lead("e1", day(5));
    scenario.lead("e2", day(5).minusMillis(1));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 1, 9);
    assertThat(scenario.credits().overage()).isEqualTo(1);
  }

  @Test
  void aGrantVoidedBeforeItTookEffectWasNeverLive() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(5), day(30));
    scenario.voidGrant("v", "g", day(3));
    scenario.now(day(3).minusMillis(1));
    assertGrant(scenario.grant("g"), GrantStatus.SCHEDULED, 10, 0, 0);
    scenario.now(day(3));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    scenario.arrive(day(6));
    scenario.lead("e1", day(6));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    assertThat(scenario.credits().overage()).isEqualTo(1);
    assertThat(scenario.credits().allocated()).isZero();
    assertThat(kinds(scenario)).containsExactly(Kind.LEAD_SOURCED);
  }

  @Test
  void aVoidAtTheInstantOfEffectComesFirst() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("g", 10, day(5), day(30));
    scenario.voidGrant("v", "g", day(5));
    scenario.lead("e1", day(5));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    assertThat(kinds(scenario)).containsExactly(Kind.LEAD_SOURCED);
  }

  @Test
  void aVoidAfterTheExpiryHasNoEffect() {
    Scenario scenario = scenario().arrive(day(12));
    scenario.grant("g", 10, day(0), day(10));
    scenario.voidGrant("v", "g", day(10).plusMillis(1));
    assertGrant(scenario.grant("g"), GrantStatus.EXPIRED, 0, 0, 10);
    assertThat(kinds(scenario)).containsExactly(Kind.EXPIRED, Kind.GRANTED);
  }

  @Test
  void aVoidAtTheInstantOfExpiryCounts() {
    Scenario scenario = scenario().arrive(day(12));
    scenario.grant("g", 10, day(0), day(10));
    scenario.voidGrant("v", "g", day(10));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(kinds(scenario)).containsExactly(Kind.VOIDED, Kind.GRANTED);
  }

  @Test
  void aVoidWaitsForItsGrantWithoutLimit() {
    Scenario scenario = scenario();
    assertThat(scenario.voidGrant("v", "g", day(5))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.credits().grants()).isEmpty();
    assertThat(scenario.history()).isEmpty();
    scenario.arrive(day(300));
    scenario.grant("g", 10, day(0), null);
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(scenario.history().get(0).occurredAt()).isEqualTo(day(5));
  }

  @Test
  void ofSeveralVoidsTheEarliestCounts() {
    Scenario scenario = scenario().arrive(day(12));
    scenario.grant("g", 10, day(0), day(30));
    scenario.voidGrant("v1", "g", day(7));
    scenario.voidGrant("v2", "g", day(5));
    scenario.voidGrant("v3", "g", day(9));
    scenario.leads("e", 2, day(6));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(kinds(scenario))
        .containsExactly(Kind.LEAD_SOURCED, Kind.LEAD_SOURCED, Kind.VOIDED, Kind.GRANTED);
    assertThat(scenario.history().get(2).reason()).isEqualTo("because v2");
  }

  @Test
  void aScheduledVoidEndsTheGrantWhenItsInstantComes() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(30));
    scenario.voidGrant("v", "g", day(20));
    scenario.arrive(day(10));
    scenario.lead("e1", day(10));
    scenario.now(day(20).minusMillis(1));
    assertGrant(scenario.grant("g"), GrantStatus.ACTIVE, 9, 1, 0);
    assertThat(scenario.credits().expiresAt()).isEqualTo(day(30));
    assertThat(kinds(scenario)).containsExactly(Kind.LEAD_SOURCED, Kind.GRANTED);
    scenario.now(day(20));
    assertGrant(scenario.grant("g"), GrantStatus.VOIDED, 0, 1, 9);
    assertThat(kinds(scenario)).containsExactly(Kind.VOIDED, Kind.LEAD_SOURCED, Kind.GRANTED);
  }

  @Test
  void aVoidHasARowEvenIfNothingWasLeft() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("g", 1, day(0), day(30));
    scenario.lead("e1", day(1));
    scenario.voidGrant("v", "g", day(5));
    assertThat(kinds(scenario)).containsExactly(Kind.VOIDED, Kind.LEAD_SOURCED, Kind.GRANTED);
    assertThat(scenario.history().get(0).credits()).isZero();
  }
}
