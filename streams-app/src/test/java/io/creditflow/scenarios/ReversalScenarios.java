package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.HistoryRow.Kind;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.reference.ReferenceRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Usage taken back (contract section 3, rule 8), by hand. */
abstract class ReversalScenarios {
  private final CreditCalculator.Factory maker;

  ReversalScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(1));
  }

  private static void assertBalance(Scenario scenario, long remaining, long overage) {
    assertThat(List.of(scenario.credits().remaining(), scenario.credits().overage()))
        .containsExactly(remaining, overage);
  }

  private static List<ReferenceReason> reasons(Scenario scenario) {
    return scenario.rejections().stream().map(ReferenceRejection::reason).toList();
  }

  @Test
  void aReversalGivesTheCreditBackAndBothRowsShow() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(30));
    scenario.lead("e1", day(1));
    scenario.arrive(day(3));
    assertThat(scenario.reverse("r1", "e1", day(2))).isEqualTo(ReferenceOutcome.APPLIED);
    assertBalance(scenario, 10, 0);
    List<HistoryRow> rows = scenario.history();
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
    Scenario scenario = scenario();
    scenario.lead("e1", day(1));
    scenario.phone("e2", day(1).plusSeconds(5));
    scenario.reverse("r1", "e2", day(1).plusSeconds(6));
    CampaignItem campaign = scenario.now(day(2)).campaigns().get(0);
    assertThat(List.of(campaign.creditsUsed(), campaign.leadsSourced(), campaign.phonesRevealed()))
        .containsExactly(1L, 1L, 0L);
    assertThat(campaign.lastActivityAt()).isEqualTo(day(1).plusSeconds(5));
    assertThat(scenario.days("2026-03-02", "2026-03-02").get(0).credits()).isEqualTo(1);
  }

  @Test
  void aReversalThatArrivesFirstWaitsForItsEvent() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(90));
    assertThat(scenario.reverse("r1", "e1", day(1))).isEqualTo(ReferenceOutcome.WAITING);
    assertThat(scenario.history()).extracting(HistoryRow::kind).containsExactly(Kind.GRANTED);
    scenario.arrive(day(36).minusMillis(1));
    assertThat(scenario.lead("e1", day(2))).isEqualTo(ReferenceOutcome.APPLIED);
    assertBalance(scenario, 10, 0);
    assertThat(scenario.history())
        .extracting(HistoryRow::kind)
        .containsExactly(Kind.LEAD_SOURCED, Kind.REVERSED, Kind.GRANTED);
  }

  @Test
  void aReversalWithoutItsEventIsUnmatchedAfterThirtyFiveDays() {
    Scenario scenario = scenario();
    scenario.reverse("r1", "e1", day(1));
    scenario.now(day(36).minusMillis(1));
    assertThat(reasons(scenario)).isEmpty();
    scenario.arrive(day(36));
    assertThat(reasons(scenario)).containsExactly(ReferenceReason.UNMATCHED);
    scenario.lead("e1", day(36));
    assertBalance(scenario, 0, 1);
  }

  @Test
  void theIdOfAReversalThatWaitedInVainIsFreeAgain() {
    Scenario scenario = scenario();
    scenario.reverse("r1", "e1", day(1));
    scenario.arrive(day(36));
    assertThat(reasons(scenario)).containsExactly(ReferenceReason.UNMATCHED);
    scenario.lead("e1", day(36));
    assertThat(scenario.reverse("r1", "e1", day(36))).isEqualTo(ReferenceOutcome.APPLIED);
    assertBalance(scenario, 0, 0);
  }

  @Test
  void severalReversalsCountOnceAndTheEarliestSuppliesTheRow() {
    Scenario scenario = scenario().arrive(day(5));
    scenario.grant("g", 10, day(0), day(30));
    scenario.lead("e1", day(1));
    assertThat(scenario.reverse("r1", "e1", day(4))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.reverse("r3", "e1", day(3))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.reverse("r2", "e1", day(3))).isEqualTo(ReferenceOutcome.APPLIED);
    assertBalance(scenario, 10, 0);
    List<HistoryRow> rows = scenario.history();
    assertThat(rows)
        .extracting(HistoryRow::kind)
        .containsExactly(Kind.REVERSED, Kind.LEAD_SOURCED, Kind.GRANTED);
    assertThat(rows.get(0).occurredAt()).isEqualTo(day(3));
    assertThat(rows.get(0).reason()).isEqualTo("because r2");
  }

  @Test
  void aReversalAcrossAnExpiryForfeitsTheCredit() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(10));
    scenario.leads("e", 4, day(1));
    scenario.arrive(day(12));
    scenario.reverse("r1", "e2", day(12));
    assertBalance(scenario, 0, 0);
    assertThat(scenario.grant("g").forfeited()).isEqualTo(7);
    assertThat(scenario.history().get(1).kind()).isEqualTo(Kind.EXPIRED);
    assertThat(scenario.history().get(1).credits()).isEqualTo(-7);
  }

  @Test
  void theCreditGivenBackCoversWhatWasOverage() {
    Scenario scenario = scenario().arrive(day(5));
    scenario.grant("g", 1, day(0), day(10));
    scenario.lead("e1", day(1));
    scenario.lead("e2", day(2));
    assertBalance(scenario, 0, 1);
    scenario.reverse("r1", "e1", day(5));
    assertBalance(scenario, 0, 0);
    assertThat(scenario.history().get(1).overageAfter()).isZero();
  }

  @Test
  void whatIsNoUsageCannotBeTakenBack() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(10));
    scenario.email("mail", day(1));
    scenario.lead("e1", day(1));
    scenario.reverse("r1", "e1", day(1));
    ReferenceOutcome invalid = ReferenceOutcome.rejected(ReferenceReason.INVALID);
    assertThat(scenario.reverse("r2", "mail", day(1))).isEqualTo(invalid);
    assertThat(scenario.reverse("r3", "granted-g", day(1))).isEqualTo(invalid);
    assertThat(scenario.reverse("r4", "r1", day(1))).isEqualTo(invalid);
  }

  @Test
  void aWaitingReversalOfWhatTurnsOutToBeNoUsageIsInvalidThen() {
    Scenario scenario = scenario();
    assertThat(scenario.reverse("r1", "mail", day(1))).isEqualTo(ReferenceOutcome.WAITING);
    assertThat(scenario.email("mail", day(1))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(reasons(scenario)).containsExactly(ReferenceReason.INVALID);
  }

  @Test
  void noUsageIsInvalidBeforeAnyOtherFaultOfTheReversal() {
    Scenario scenario = scenario().arrive(day(100));
    scenario.email("mail", day(100));
    scenario.lead("taken", day(100));
    ReferenceOutcome invalid = ReferenceOutcome.rejected(ReferenceReason.INVALID);
    assertThat(scenario.reverse("r1", "mail", day(1))).isEqualTo(invalid);
    assertThat(scenario.reverse("taken", "mail", day(100))).isEqualTo(invalid);
  }
}
