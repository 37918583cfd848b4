package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static io.creditflow.scenarios.Story.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.CreditsAnswer.GrantStatus;
import io.creditflow.answer.InvalidQueryException;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Rules.Charged;
import io.creditflow.reference.Rules.Price;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants, burn-down, overage and expiry (contract section 3, rules 4 to 6), by hand. */
abstract class BurnDownScenarios {
  private final CountedBooks.Maker maker;

  BurnDownScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(1));
  }

  private static void assertBalance(CreditsAnswer credits, long remaining, long overage) {
    assertThat(List.of(credits.remaining(), credits.overage())).containsExactly(remaining, overage);
  }

  private static void assertGrant(GrantItem item, long remaining, long consumed, long forfeited) {
    assertThat(List.of(item.remaining(), item.consumed(), item.forfeited()))
        .containsExactly(remaining, consumed, forfeited);
  }

  @Test
  void aLeadCostsOneItsPhoneOneMoreAndAnEmailNothing() {
    Story story = story();
    story.grant("g", 10, day(0), day(30));
    story.lead("e1", day(1));
    story.phone("e2", day(1));
    story.email("e3", day(1));
    CreditsAnswer credits = story.credits();
    assertBalance(credits, 8, 0);
    assertThat(credits.allocated()).isEqualTo(10);
    assertThat(credits.consumed()).isEqualTo(2);
  }

  @Test
  void burnsDownTheGrantThatExpiresFirst() {
    Story story = story();
    story.grant("late", 10, day(0), day(30));
    story.grant("soon", 10, day(0), day(10));
    story.leads("e", 3, day(1));
    assertGrant(story.grant("soon"), 7, 3, 0);
    assertGrant(story.grant("late"), 10, 0, 0);
  }

  @Test
  void burnsDownTheLowerPriorityFirstWhateverExpires() {
    Story story = story();
    story.grant("soon", 10, day(0), day(10), 1);
    story.grant("late", 2, day(0), day(30), 0);
    story.leads("e", 3, day(1));
    assertGrant(story.grant("late"), 0, 2, 0);
    assertGrant(story.grant("soon"), 9, 1, 0);
    assertThat(story.grant("late").status()).isEqualTo(GrantStatus.DEPLETED);
  }

  @Test
  void burnsDownTheGrantThatNeverExpiresLast() {
    Story story = story();
    story.grant("always", 10, day(0), null);
    story.grant("ends", 2, day(0), day(300));
    story.leads("e", 3, day(1));
    assertGrant(story.grant("ends"), 0, 2, 0);
    assertGrant(story.grant("always"), 9, 1, 0);
  }

  @Test
  void amongEqualExpiriesTheOneThatTookEffectFirstBurnsFirst() {
    Story story = story().arrive(day(3));
    story.grant("a", 10, day(2), day(30));
    story.grant("z", 10, day(0), day(30));
    story.lead("e1", day(3));
    assertGrant(story.grant("z"), 9, 1, 0);
  }

  @Test
  void amongEqualsTheSmallerIdByUtf8BytesBurnsFirst() {
    Story story = story();
    story.grant("g\uD83D\uDE00", 10, day(0), day(30));
    story.grant("g\uFF5E", 10, day(0), day(30));
    story.lead("e1", day(1));
    assertGrant(story.grant("g\uFF5E"), 9, 1, 0);
  }

  @Test
  void usageAtTheInstantOfEffectDraws() {
    Story story = story();
    story.grant("g", 10, day(1), day(30));
    story.lead("e1", day(1));
    assertBalance(story.credits(day(1).minusMillis(1)), 0, 0);
    assertBalance(story.credits(day(1)), 9, 0);
  }

  @Test
  void usageAtTheInstantOfExpiryDoesNotDraw() {
    Story story = story().arrive(day(10));
    story.grant("g", 10, day(0), day(10));
    story.lead("e1", day(10));
    story.lead("e2", day(10).minusMillis(1));
    assertBalance(story.credits(), 0, 1);
    assertGrant(story.grant("g"), 0, 1, 9);
  }

  @Test
  void whatNoGrantCoversIsOverageAndTheNextGrantPaysItFirst() {
    Story story = story();
    story.grant("a", 2, day(0), day(20));
    story.grant("b", 10, day(6), day(30));
    story.leads("e", 5, day(1));
    story.now(day(6).minusMillis(1));
    assertBalance(story.credits(), 0, 3);
    assertThat(story.grant("b").status()).isEqualTo(GrantStatus.SCHEDULED);
    assertGrant(story.grant("b"), 10, 0, 0);
    story.now(day(6));
    assertBalance(story.credits(), 7, 0);
    assertGrant(story.grant("b"), 7, 3, 0);
    assertThat(story.credits().allocated()).isEqualTo(12);
    assertThat(story.credits().consumed()).isEqualTo(5);
  }

  @Test
  void severalGrantsOfOneInstantPayOverageInBurnDownOrder() {
    Story story = story();
    story.leads("e", 5, day(1));
    story.grant("x", 10, day(2), day(30));
    story.grant("y", 3, day(2), day(20));
    story.now(day(2));
    assertGrant(story.grant("y"), 0, 3, 0);
    assertGrant(story.grant("x"), 8, 2, 0);
  }

  @Test
  void expiryForfeitsTheRestAtItsInstantWithNoEvent() {
    Story story = story();
    story.grant("g", 10, day(0), day(10));
    story.leads("e", 4, day(1));
    story.now(day(10).minusMillis(1));
    assertBalance(story.credits(), 6, 0);
    assertThat(story.credits().expiresAt()).isEqualTo(day(10));
    story.now(day(10));
    assertBalance(story.credits(), 0, 0);
    assertThat(story.credits().expiresAt()).isNull();
    assertGrant(story.grant("g"), 0, 4, 6);
    assertThat(story.grant("g").status()).isEqualTo(GrantStatus.EXPIRED);
  }

  @Test
  void aLateEventStillDrawsOnTheGrantThatHasExpiredSince() {
    Story story = story();
    story.grant("g", 10, day(0), day(10));
    story.leads("e", 4, day(1));
    story.arrive(day(12));
    story.lead("late", day(9));
    assertBalance(story.credits(), 0, 0);
    assertGrant(story.grant("g"), 0, 5, 5);
  }

  @Test
  void aLateEventPushesLaterUsageIntoOverage() {
    Story story = story().arrive(day(6));
    story.grant("g", 1, day(0), day(10));
    story.lead("e1", day(5));
    story.lead("e0", day(4));
    assertBalance(story.credits(day(4)), 0, 0);
    assertBalance(story.credits(day(5)), 0, 1);
  }

  @Test
  void aLateEventTakesFromTheNextGrantWhatIsNoLongerLeftInTheFirst() {
    Story story = story().arrive(day(6));
    story.grant("a", 2, day(0), day(5));
    story.grant("b", 10, day(2), day(9));
    story.leads("e", 2, day(3));
    assertGrant(story.grant("a"), 0, 2, 0);
    story.lead("late", day(1));
    assertGrant(story.grant("a"), 0, 2, 0);
    assertGrant(story.grant("b"), 9, 1, 0);
  }

  @Test
  void aGrantThatArrivesLateCoversWhatHappenedInItsLife() {
    Story story = story();
    story.leads("e", 3, day(1));
    assertBalance(story.credits(), 0, 3);
    story.arrive(day(5));
    story.grant("g", 10, day(0), day(30));
    assertBalance(story.credits(), 7, 0);
    assertBalance(story.credits(day(1)), 7, 0);
  }

  @Test
  void oneEventMayDrawOnSeveralGrants() {
    Rules threeEach = Rules.DEFAULT.withPrices(List.of(new Price(Charged.LEAD_SOURCED, day(0), 3)));
    Story story = new Story(maker.open(threeEach)).arrive(day(1));
    story.grant("a", 2, day(0), day(10));
    story.grant("b", 10, day(0), day(20));
    story.lead("e1", day(1));
    assertGrant(story.grant("a"), 0, 2, 0);
    assertGrant(story.grant("b"), 9, 1, 0);
  }

  @Test
  void thePriceIsThatOfTheInstantAtWhichTheEventHappened() {
    Rules twoFromDayFive =
        Rules.DEFAULT.withPrices(List.of(new Price(Charged.PHONE_REVEALED, day(5), 2)));
    Story story = new Story(maker.open(twoFromDayFive)).arrive(day(6));
    story.grant("g", 10, day(0), day(30));
    story.phone("e1", day(5).minusMillis(1));
    story.phone("e2", day(5));
    story.lead("e3", day(5));
    assertBalance(story.credits(), 6, 0);
  }

  @Test
  void thePastIsTodaysKnowledgeOfIt() {
    Story story = story().arrive(day(4));
    story.grant("g", 10, day(0), day(10));
    story.leads("e", 4, day(2));
    assertBalance(story.credits(day(1)), 10, 0);
    assertBalance(story.credits(day(2)), 6, 0);
    story.lead("late", day(1));
    assertBalance(story.credits(day(1)), 9, 0);
    assertBalance(story.credits(day(2)), 5, 0);
    assertThat(grant(story.credits(day(0).minusMillis(1)), "g").status())
        .isEqualTo(GrantStatus.SCHEDULED);
    assertThatThrownBy(() -> story.credits(day(4).plusMillis(1)))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void daysRemainingAreCalendarDaysOfTheWorkspacesZone() {
    Instant now = Instant.parse("2026-10-28T22:59:00Z");
    Story story = story().arrive(now);
    story.workspace("e1", "Acme", "Europe/Berlin", now);
    story.grant("g", 10, now, Instant.parse("2026-11-15T00:00:00Z"));
    assertThat(story.credits().daysRemaining()).isEqualTo(18);
    story.now(now.plusSeconds(60));
    assertThat(story.credits().daysRemaining()).isEqualTo(17);
  }

  @Test
  void thePeriodIsThatOfTheLiveGrantThatExpiresFirstDepletedOrNot() {
    Story story = story();
    story.grant("a", 1, day(0), day(10));
    story.grant("b", 5, day(1), day(20));
    story.grant("c", 5, day(1), null);
    story.lead("e1", day(1));
    CreditsAnswer credits = story.credits();
    assertThat(credits.period()).isEqualTo(new CreditsAnswer.Period(day(0), day(10)));
    assertThat(credits.expiresAt()).isEqualTo(day(20));
    story.now(day(20));
    assertThat(story.credits().period()).isNull();
    assertThat(story.credits().daysRemaining()).isNull();
  }

  @Test
  void usageDatedAFewMinutesAheadCountsAtOnce() {
    Story story = story();
    story.grant("g", 10, day(0), day(1).plusSeconds(120));
    story.put(
        Topics.PHONE_REVEALED,
        new PhoneRevealed("e1", Story.WORKSPACE, "c", "l", day(1).plusSeconds(300)),
        day(1));
    assertBalance(story.credits(), 9, 0);
    assertBalance(story.credits(day(1)), 10, 0);
    story.now(day(1).plusSeconds(300));
    assertBalance(story.credits(), 0, 1);
  }
}
