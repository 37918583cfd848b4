package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.CreditsAnswer.GrantStatus;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.HistoryRow.Kind;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants ended early (contract section 3, rule 7), by hand. */
abstract class VoidScenarios {
  private final CountedBooks.Maker maker;

  VoidScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(1));
  }

  private static void assertGrant(
      GrantItem item, GrantStatus status, long remaining, long consumed, long forfeited) {
    assertThat(item.status()).isEqualTo(status);
    assertThat(List.of(item.remaining(), item.consumed(), item.forfeited()))
        .containsExactly(remaining, consumed, forfeited);
  }

  private static List<Kind> kinds(Story story) {
    return story.history().stream().map(HistoryRow::kind).toList();
  }

  @Test
  void aVoidForfeitsTheRestAndWhatWasSpentStaysSpent() {
    Story story = story();
    story.grant("g", 10, day(0), day(30));
    story.leads("e", 3, day(1));
    story.arrive(day(6));
    story.voidGrant("v", "g", day(5));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 3, 7);
    assertThat(story.credits().remaining()).isZero();
    HistoryRow row = story.history().get(0);
    assertThat(row.kind()).isEqualTo(Kind.VOIDED);
    assertThat(row.occurredAt()).isEqualTo(day(5));
    assertThat(row.grantId()).isEqualTo("g");
    assertThat(row.credits()).isEqualTo(-7);
    assertThat(row.balanceAfter()).isZero();
    assertThat(row.reason()).isEqualTo("because v");
  }

  @Test
  void usageAtTheInstantOfTheVoidDoesNotDrawAndLateUsageBeforeItDoes() {
    Story story = story().arrive(day(6));
    story.grant("g", 10, day(0), day(30));
    story.voidGrant("v", "g", day(5));
    story.lead("e1", day(5));
    story.lead("e2", day(5).minusMillis(1));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 1, 9);
    assertThat(story.credits().overage()).isEqualTo(1);
  }

  @Test
  void aGrantVoidedBeforeItTookEffectWasNeverLive() {
    Story story = story();
    story.grant("g", 10, day(5), day(30));
    story.voidGrant("v", "g", day(3));
    story.now(day(3).minusMillis(1));
    assertGrant(story.grant("g"), GrantStatus.SCHEDULED, 10, 0, 0);
    story.now(day(3));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    story.arrive(day(6));
    story.lead("e1", day(6));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    assertThat(story.credits().overage()).isEqualTo(1);
    assertThat(story.credits().allocated()).isZero();
    assertThat(kinds(story)).containsExactly(Kind.LEAD_SOURCED);
  }

  @Test
  void aVoidAtTheInstantOfEffectComesFirst() {
    Story story = story().arrive(day(6));
    story.grant("g", 10, day(5), day(30));
    story.voidGrant("v", "g", day(5));
    story.lead("e1", day(5));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 10, 0, 0);
    assertThat(kinds(story)).containsExactly(Kind.LEAD_SOURCED);
  }

  @Test
  void aVoidAfterTheExpiryHasNoEffect() {
    Story story = story().arrive(day(12));
    story.grant("g", 10, day(0), day(10));
    story.voidGrant("v", "g", day(10).plusMillis(1));
    assertGrant(story.grant("g"), GrantStatus.EXPIRED, 0, 0, 10);
    assertThat(kinds(story)).containsExactly(Kind.EXPIRED, Kind.GRANTED);
  }

  @Test
  void aVoidAtTheInstantOfExpiryCounts() {
    Story story = story().arrive(day(12));
    story.grant("g", 10, day(0), day(10));
    story.voidGrant("v", "g", day(10));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(kinds(story)).containsExactly(Kind.VOIDED, Kind.GRANTED);
  }

  @Test
  void aVoidWaitsForItsGrantWithoutLimit() {
    Story story = story();
    assertThat(story.voidGrant("v", "g", day(5))).isEqualTo(Verdict.APPLIED);
    assertThat(story.credits().grants()).isEmpty();
    assertThat(story.history()).isEmpty();
    story.arrive(day(300));
    story.grant("g", 10, day(0), null);
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(story.history().get(0).occurredAt()).isEqualTo(day(5));
  }

  @Test
  void ofSeveralVoidsTheEarliestCounts() {
    Story story = story().arrive(day(12));
    story.grant("g", 10, day(0), day(30));
    story.voidGrant("v1", "g", day(7));
    story.voidGrant("v2", "g", day(5));
    story.voidGrant("v3", "g", day(9));
    story.leads("e", 2, day(6));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 0, 10);
    assertThat(kinds(story))
        .containsExactly(Kind.LEAD_SOURCED, Kind.LEAD_SOURCED, Kind.VOIDED, Kind.GRANTED);
    assertThat(story.history().get(2).reason()).isEqualTo("because v2");
  }

  @Test
  void aScheduledVoidEndsTheGrantWhenItsInstantComes() {
    Story story = story();
    story.grant("g", 10, day(0), day(30));
    story.voidGrant("v", "g", day(20));
    story.arrive(day(10));
    story.lead("e1", day(10));
    story.now(day(20).minusMillis(1));
    assertGrant(story.grant("g"), GrantStatus.ACTIVE, 9, 1, 0);
    assertThat(story.credits().expiresAt()).isEqualTo(day(30));
    assertThat(kinds(story)).containsExactly(Kind.LEAD_SOURCED, Kind.GRANTED);
    story.now(day(20));
    assertGrant(story.grant("g"), GrantStatus.VOIDED, 0, 1, 9);
    assertThat(kinds(story)).containsExactly(Kind.VOIDED, Kind.LEAD_SOURCED, Kind.GRANTED);
  }

  @Test
  void aVoidHasARowEvenIfNothingWasLeft() {
    Story story = story().arrive(day(6));
    story.grant("g", 1, day(0), day(30));
    story.lead("e1", day(1));
    story.voidGrant("v", "g", day(5));
    assertThat(kinds(story)).containsExactly(Kind.VOIDED, Kind.LEAD_SOURCED, Kind.GRANTED);
    assertThat(story.history().get(0).credits()).isZero();
  }
}
