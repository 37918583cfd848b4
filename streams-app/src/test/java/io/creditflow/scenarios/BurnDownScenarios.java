package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static io.creditflow.scenarios.Scenario.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.events.PhoneRevealed;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.CreditsResponse.GrantStatus;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceRules.Charged;
import io.creditflow.reference.ReferenceRules.Price;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants, burn-down, overage and expiry (contract section 3, rules 4 to 6), by hand. */
abstract class BurnDownScenarios {
  private final CreditCalculator.Factory maker;

  BurnDownScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(1));
  }

  private static void assertBalance(CreditsResponse credits, long remaining, long overage) {
    assertThat(List.of(credits.remaining(), credits.overage())).containsExactly(remaining, overage);
  }

  private static void assertGrant(GrantItem item, long remaining, long consumed, long forfeited) {
    assertThat(List.of(item.remaining(), item.consumed(), item.forfeited()))
        .containsExactly(remaining, consumed, forfeited);
  }

  @Test
  void aLeadCostsOneItsPhoneOneMoreAndAnEmailNothing() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(30));
    scenario.lead("e1", day(1));
    scenario.phone("e2", day(1));
    scenario.email("e3", day(1));
    CreditsResponse credits = scenario.credits();
    assertBalance(credits, 8, 0);
    assertThat(credits.allocated()).isEqualTo(10);
    assertThat(credits.consumed()).isEqualTo(2);
  }

  @Test
  void burnsDownTheGrantThatExpiresFirst() {
    Scenario scenario = scenario();
    scenario.grant("late", 10, day(0), day(30));
    scenario.grant("soon", 10, day(0), day(10));
    scenario.leads("e", 3, day(1));
    assertGrant(scenario.grant("soon"), 7, 3, 0);
    assertGrant(scenario.grant("late"), 10, 0, 0);
  }

  @Test
  void burnsDownTheLowerPriorityFirstWhateverExpires() {
    Scenario scenario = scenario();
    scenario.grant("soon", 10, day(0), day(10), 1);
    scenario.grant("late", 2, day(0), day(30), 0);
    scenario.leads("e", 3, day(1));
    assertGrant(scenario.grant("late"), 0, 2, 0);
    assertGrant(scenario.grant("soon"), 9, 1, 0);
    assertThat(scenario.grant("late").status()).isEqualTo(GrantStatus.DEPLETED);
  }

  @Test
  void burnsDownTheGrantThatNeverExpiresLast() {
    Scenario scenario = scenario();
    scenario.grant("always", 10, day(0), null);
    scenario.grant("ends", 2, day(0), day(300));
    scenario.leads("e", 3, day(1));
    assertGrant(scenario.grant("ends"), 0, 2, 0);
    assertGrant(scenario.grant("always"), 9, 1, 0);
  }

  @Test
  void amongEqualExpiriesTheOneThatTookEffectFirstBurnsFirst() {
    Scenario scenario = scenario().arrive(day(3));
    scenario.grant("a", 10, day(2), day(30));
    scenario.grant("z", 10, day(0), day(30));
    scenario.lead("e1", day(3));
    assertGrant(scenario.grant("z"), 9, 1, 0);
  }

  @Test
  void amongEqualsTheSmallerIdByUtf8BytesBurnsFirst() {
    Scenario scenario = scenario();
    scenario.grant("g\uD83D\uDE00", 10, day(0), day(30));
    scenario.grant("g\uFF5E", 10, day(0), day(30));
    scenario.lead("e1", day(1));
    assertGrant(scenario.grant("g\uFF5E"), 9, 1, 0);
  }

  @Test
  void usageAtTheInstantOfEffectDraws() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(1), day(30));
    scenario.lead("e1", day(1));
    assertBalance(scenario.credits(day(1).minusMillis(1)), 0, 0);
    assertBalance(scenario.credits(day(1)), 9, 0);
  }

  @Test
  void usageAtTheInstantOfExpiryDoesNotDraw() {
    Scenario scenario = scenario().arrive(day(10));
    scenario.grant("g", 10, day(0), day(10));
    scenario.lead("e1", day(10));
    scenario.lead("e2", day(10).minusMillis(1));
    assertBalance(scenario.credits(), 0, 1);
    assertGrant(scenario.grant("g"), 0, 1, 9);
  }

  @Test
  void whatNoGrantCoversIsOverageAndTheNextGrantPaysItFirst() {
    Scenario scenario = scenario();
    scenario.grant("a", 2, day(0), day(20));
    scenario.grant("b", 10, day(6), day(30));
    scenario.leads("e", 5, day(1));
    scenario.now(day(6).minusMillis(1));
    assertBalance(scenario.credits(), 0, 3);
    assertThat(scenario.grant("b").status()).isEqualTo(GrantStatus.SCHEDULED);
    assertGrant(scenario.grant("b"), 10, 0, 0);
    scenario.now(day(6));
    assertBalance(scenario.credits(), 7, 0);
    assertGrant(scenario.grant("b"), 7, 3, 0);
    assertThat(scenario.credits().allocated()).isEqualTo(12);
    assertThat(scenario.credits().consumed()).isEqualTo(5);
  }

  @Test
  void severalGrantsOfOneInstantPayOverageInBurnDownOrder() {
    Scenario scenario = scenario();
    scenario.leads("e", 5, day(1));
    scenario.grant("x", 10, day(2), day(30));
    scenario.grant("y", 3, day(2), day(20));
    scenario.now(day(2));
    assertGrant(scenario.grant("y"), 0, 3, 0);
    assertGrant(scenario.grant("x"), 8, 2, 0);
  }

  @Test
  void expiryForfeitsTheRestAtItsInstantWithNoEvent() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(10));
    scenario.leads("e", 4, day(1));
    scenario.now(day(10).minusMillis(1));
    assertBalance(scenario.credits(), 6, 0);
    assertThat(scenario.credits().expiresAt()).isEqualTo(day(10));
    scenario.now(day(10));
    assertBalance(scenario.credits(), 0, 0);
    assertThat(scenario.credits().expiresAt()).isNull();
    assertGrant(scenario.grant("g"), 0, 4, 6);
    assertThat(scenario.grant("g").status()).isEqualTo(GrantStatus.EXPIRED);
  }

  @Test
  void aLateEventStillDrawsOnTheGrantThatHasExpiredSince() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(10));
    scenario.leads("e", 4, day(1));
    scenario.arrive(day(12));
    scenario.lead("late", day(9));
    assertBalance(scenario.credits(), 0, 0);
    assertGrant(scenario.grant("g"), 0, 5, 5);
  }

  @Test
  void aLateEventPushesLaterUsageIntoOverage() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("g", 1, day(0), day(10));
    scenario.lead("e1", day(5));
    scenario.lead("e0", day(4));
    assertBalance(scenario.credits(day(4)), 0, 0);
    assertBalance(scenario.credits(day(5)), 0, 1);
  }

  @Test
  void aLateEventTakesFromTheNextGrantWhatIsNoLongerLeftInTheFirst() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("a", 2, day(0), day(5));
    scenario.grant("b", 10, day(2), day(9));
    scenario.leads("e", 2, day(3));
    assertGrant(scenario.grant("a"), 0, 2, 0);
    scenario.lead("late", day(1));
    assertGrant(scenario.grant("a"), 0, 2, 0);
    assertGrant(scenario.grant("b"), 9, 1, 0);
  }

  @Test
  void aGrantThatArrivesLateCoversWhatHappenedInItsLife() {
    Scenario scenario = scenario();
    scenario.leads("e", 3, day(1));
    assertBalance(scenario.credits(), 0, 3);
    scenario.arrive(day(5));
    scenario.grant("g", 10, day(0), day(30));
    assertBalance(scenario.credits(), 7, 0);
    assertBalance(scenario.credits(day(1)), 7, 0);
  }

  @Test
  void oneEventMayDrawOnSeveralGrants() {
    ReferenceRules threeEach =
        ReferenceRules.DEFAULT.withPrices(List.of(new Price(Charged.LEAD_SOURCED, day(0), 3)));
    Scenario scenario = new Scenario(maker.open(threeEach)).arrive(day(1));
    scenario.grant("a", 2, day(0), day(10));
    scenario.grant("b", 10, day(0), day(20));
    scenario.lead("e1", day(1));
    assertGrant(scenario.grant("a"), 0, 2, 0);
    assertGrant(scenario.grant("b"), 9, 1, 0);
  }

  @Test
  void thePriceIsThatOfTheInstantAtWhichTheEventHappened() {
    ReferenceRules twoFromDayFive =
        ReferenceRules.DEFAULT.withPrices(List.of(new Price(Charged.PHONE_REVEALED, day(5), 2)));
    Scenario scenario = new Scenario(maker.open(twoFromDayFive)).arrive(day(6));
    scenario.grant("g", 10, day(0), day(30));
    scenario.phone("e1", day(5).minusMillis(1));
    scenario.phone("e2", day(5));
    scenario.lead("e3", day(5));
    assertBalance(scenario.credits(), 6, 0);
  }

  @Test
  void thePastIsTodaysKnowledgeOfIt() {
    Scenario scenario = scenario().arrive(day(4));
    scenario.grant("g", 10, day(0), day(10));
    scenario.leads("e", 4, day(2));
    assertBalance(scenario.credits(day(1)), 10, 0);
    assertBalance(scenario.credits(day(2)), 6, 0);
    scenario.lead("late", day(1));
    assertBalance(scenario.credits(day(1)), 9, 0);
    assertBalance(scenario.credits(day(2)), 5, 0);
    assertThat(grant(scenario.credits(day(0).minusMillis(1)), "g").status())
        .isEqualTo(GrantStatus.SCHEDULED);
    assertThatThrownBy(() -> scenario.credits(day(4).plusMillis(1)))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void daysRemainingAreCalendarDaysOfTheWorkspacesZone() {
    Instant now = Instant.parse("2026-10-28T22:59:00Z");
    Scenario scenario = scenario().arrive(now);
    scenario.workspace("e1", "Acme", "Europe/Berlin", now);
    scenario.grant("g", 10, now, Instant.parse("2026-11-15T00:00:00Z"));
    assertThat(scenario.credits().daysRemaining()).isEqualTo(18);
    scenario.now(now.plusSeconds(60));
    assertThat(scenario.credits().daysRemaining()).isEqualTo(17);
  }

  @Test
  void thePeriodIsThatOfTheLiveGrantThatExpiresFirstDepletedOrNot() {
    Scenario scenario = scenario();
    scenario.grant("a", 1, day(0), day(10));
    scenario.grant("b", 5, day(1), day(20));
    scenario.grant("c", 5, day(1), null);
    scenario.lead("e1", day(1));
    CreditsResponse credits = scenario.credits();
    assertThat(credits.period()).isEqualTo(new CreditsResponse.Period(day(0), day(10)));
    assertThat(credits.expiresAt()).isEqualTo(day(20));
    scenario.now(day(20));
    assertThat(scenario.credits().period()).isNull();
    assertThat(scenario.credits().daysRemaining()).isNull();
  }

  @Test
  void usageDatedAFewMinutesAheadCountsAtOnce() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(1).plusSeconds(120));
    scenario.put(
        Topics.PHONE_REVEALED,
        new PhoneRevealed("e1", Scenario.WORKSPACE, "c", "l", day(1).plusSeconds(300)),
        day(1));
    assertBalance(scenario.credits(), 9, 0);
    assertBalance(scenario.credits(day(1)), 10, 0);
    scenario.now(day(1).plusSeconds(300));
    assertBalance(scenario.credits(), 0, 1);
  }
}
