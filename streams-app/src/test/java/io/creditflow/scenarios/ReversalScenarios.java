package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.HistoryRow.Kind;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Reason;
import io.creditflow.reference.Rejected;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Usage taken back (contract section 3, rule 8), by hand. */
abstract class ReversalScenarios {
  private final CountedBooks.Maker maker;

  ReversalScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(1));
  }

  private static void assertBalance(Story story, long remaining, long overage) {
    assertThat(List.of(story.credits().remaining(), story.credits().overage()))
        .containsExactly(remaining, overage);
  }

  private static List<Reason> reasons(Story story) {
    return story.rejections().stream().map(Rejected::reason).toList();
  }

  @Test
  void aReversalGivesTheCreditBackAndBothRowsShow() {
    Story story = story();
    story.grant("g", 10, day(0), day(30));
    story.lead("e1", day(1));
    story.arrive(day(3));
    assertThat(story.reverse("r1", "e1", day(2))).isEqualTo(Verdict.APPLIED);
    assertBalance(story, 10, 0);
    List<HistoryRow> rows = story.history();
    assertThat(rows)
        .extracting(HistoryRow::kind)
        .containsExactly(Kind.REVERSED, Kind.LEAD_SOURCED, Kind.GRANTED);
    HistoryRow reversed = rows.get(0);
    assertThat(reversed.occurredAt()).isEqualTo(day(2));
    assertThat(reversed.credits()).isZero();
    assertThat(reversed.balanceAfter()).isEqualTo(10);
    assertThat(reversed.reversed()).isFalse();
    assertThat(reversed.reversedCredits()).isEqualTo(1);
    assertThat(reversed.reversedEventId()).isEqualTo("e1");
    assertThat(reversed.reason()).isEqualTo("because r1");
    assertThat(reversed.campaignId()).isEqualTo("c");
    assertThat(reversed.leadId()).isEqualTo("lead-e1");
    HistoryRow usage = rows.get(1);
    assertThat(usage.credits()).isZero();
    assertThat(usage.reversed()).isTrue();
    assertThat(usage.reversedCredits()).isNull();
    assertThat(usage.balanceAfter()).isEqualTo(10);
  }

  @Test
  void whatWasTakenBackIsInNoTotalButIsTheLastActivity() {
    Story story = story();
    story.lead("e1", day(1));
    story.phone("e2", day(1).plusSeconds(5));
    story.reverse("r1", "e2", day(1).plusSeconds(6));
    CampaignItem campaign = story.now(day(2)).campaigns().get(0);
    assertThat(List.of(campaign.creditsUsed(), campaign.leadsSourced(), campaign.phonesRevealed()))
        .containsExactly(1L, 1L, 0L);
    assertThat(campaign.lastActivityAt()).isEqualTo(day(1).plusSeconds(5));
    assertThat(story.days("2026-03-02", "2026-03-02").get(0).credits()).isEqualTo(1);
  }

  @Test
  void aReversalThatArrivesFirstWaitsForItsEvent() {
    Story story = story();
    story.grant("g", 10, day(0), day(90));
    assertThat(story.reverse("r1", "e1", day(1))).isEqualTo(Verdict.WAITING);
    assertThat(story.history()).extracting(HistoryRow::kind).containsExactly(Kind.GRANTED);
    story.arrive(day(36).minusMillis(1));
    assertThat(story.lead("e1", day(2))).isEqualTo(Verdict.APPLIED);
    assertBalance(story, 10, 0);
    assertThat(story.history())
        .extracting(HistoryRow::kind)
        .containsExactly(Kind.LEAD_SOURCED, Kind.REVERSED, Kind.GRANTED);
  }

  @Test
  void aReversalWithoutItsEventIsUnmatchedAfterThirtyFiveDays() {
    Story story = story();
    story.reverse("r1", "e1", day(1));
    story.now(day(36).minusMillis(1));
    assertThat(reasons(story)).isEmpty();
    story.arrive(day(36));
    assertThat(reasons(story)).containsExactly(Reason.UNMATCHED);
    story.lead("e1", day(36));
    assertBalance(story, 0, 1);
  }

  @Test
  void theIdOfAReversalThatWaitedInVainIsFreeAgain() {
    Story story = story();
    story.reverse("r1", "e1", day(1));
    story.arrive(day(36));
    assertThat(reasons(story)).containsExactly(Reason.UNMATCHED);
    story.lead("e1", day(36));
    assertThat(story.reverse("r1", "e1", day(36))).isEqualTo(Verdict.APPLIED);
    assertBalance(story, 0, 0);
  }

  @Test
  void severalReversalsCountOnceAndTheEarliestSuppliesTheRow() {
    Story story = story().arrive(day(5));
    story.grant("g", 10, day(0), day(30));
    story.lead("e1", day(1));
    assertThat(story.reverse("r1", "e1", day(4))).isEqualTo(Verdict.APPLIED);
    assertThat(story.reverse("r3", "e1", day(3))).isEqualTo(Verdict.APPLIED);
    assertThat(story.reverse("r2", "e1", day(3))).isEqualTo(Verdict.APPLIED);
    assertBalance(story, 10, 0);
    List<HistoryRow> rows = story.history();
    assertThat(rows)
        .extracting(HistoryRow::kind)
        .containsExactly(Kind.REVERSED, Kind.LEAD_SOURCED, Kind.GRANTED);
    assertThat(rows.get(0).occurredAt()).isEqualTo(day(3));
    assertThat(rows.get(0).reason()).isEqualTo("because r2");
  }

  @Test
  void aReversalAcrossAnExpiryForfeitsTheCredit() {
    Story story = story();
    story.grant("g", 10, day(0), day(10));
    story.leads("e", 4, day(1));
    story.arrive(day(12));
    story.reverse("r1", "e2", day(12));
    assertBalance(story, 0, 0);
    assertThat(story.grant("g").forfeited()).isEqualTo(7);
    assertThat(story.history().get(1).kind()).isEqualTo(Kind.EXPIRED);
    assertThat(story.history().get(1).credits()).isEqualTo(-7);
  }

  @Test
  void theCreditGivenBackCoversWhatWasOverage() {
    Story story = story().arrive(day(5));
    story.grant("g", 1, day(0), day(10));
    story.lead("e1", day(1));
    story.lead("e2", day(2));
    assertBalance(story, 0, 1);
    story.reverse("r1", "e1", day(5));
    assertBalance(story, 0, 0);
    assertThat(story.history().get(1).overageAfter()).isZero();
  }

  @Test
  void whatIsNoUsageCannotBeTakenBack() {
    Story story = story();
    story.grant("g", 10, day(0), day(10));
    story.email("mail", day(1));
    story.lead("e1", day(1));
    story.reverse("r1", "e1", day(1));
    Verdict invalid = Verdict.rejected(Reason.INVALID);
    assertThat(story.reverse("r2", "mail", day(1))).isEqualTo(invalid);
    assertThat(story.reverse("r3", "granted-g", day(1))).isEqualTo(invalid);
    assertThat(story.reverse("r4", "r1", day(1))).isEqualTo(invalid);
  }

  @Test
  void aWaitingReversalOfWhatTurnsOutToBeNoUsageIsInvalidThen() {
    Story story = story();
    assertThat(story.reverse("r1", "mail", day(1))).isEqualTo(Verdict.WAITING);
    assertThat(story.email("mail", day(1))).isEqualTo(Verdict.APPLIED);
    assertThat(reasons(story)).containsExactly(Reason.INVALID);
  }

  @Test
  void noUsageIsInvalidBeforeAnyOtherFaultOfTheReversal() {
    Story story = story().arrive(day(100));
    story.email("mail", day(100));
    story.lead("taken", day(100));
    Verdict invalid = Verdict.rejected(Reason.INVALID);
    assertThat(story.reverse("r1", "mail", day(1))).isEqualTo(invalid);
    assertThat(story.reverse("taken", "mail", day(100))).isEqualTo(invalid);
  }
}
