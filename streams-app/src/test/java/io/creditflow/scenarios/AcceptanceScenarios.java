package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken in and what is turned away (contract sections 3 and 5), by hand. */
abstract class AcceptanceScenarios {
  private static final ReferenceOutcome CONFLICT =
      ReferenceOutcome.rejected(ReferenceReason.CONFLICT);
  private static final ReferenceOutcome INVALID =
      ReferenceOutcome.rejected(ReferenceReason.INVALID);
  private static final ReferenceOutcome MISSING_FIELD =
      ReferenceOutcome.rejected(ReferenceReason.MISSING_FIELD);
  private static final ReferenceOutcome TOO_OLD =
      ReferenceOutcome.rejected(ReferenceReason.TOO_OLD);
  private static final ReferenceOutcome IN_FUTURE =
      ReferenceOutcome.rejected(ReferenceReason.IN_FUTURE);

  private final CreditCalculator.Factory maker;

  AcceptanceScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(100));
  }

  private static long used(Scenario scenario) {
    return scenario.credits().overage();
  }

  @Test
  void anIdenticalRepeatCountsOnce() {
    Scenario scenario = scenario();
    assertThat(scenario.lead("e1", day(99))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.lead("e1", day(99))).isEqualTo(ReferenceOutcome.REPEAT);
    assertThat(used(scenario)).isEqualTo(1);
    assertThat(scenario.rejections()).isEmpty();
  }

  @Test
  void aRepeatWithOtherContentIsAConflictOnAnyTopicAndTheFirstStands() {
    Scenario scenario = scenario();
    scenario.lead("e1", "c1", day(99));
    assertThat(scenario.lead("e1", "c2", day(99))).isEqualTo(CONFLICT);
    assertThat(scenario.lead("e1", "c1", day(98))).isEqualTo(CONFLICT);
    assertThat(scenario.phone("e1", "c1", day(99))).isEqualTo(CONFLICT);
    assertThat(scenario.email("e1", day(99))).isEqualTo(CONFLICT);
    assertThat(scenario.voidGrant("e1", "g", day(99))).isEqualTo(CONFLICT);
    assertThat(scenario.workspace("e1", "Acme", "UTC", day(99))).isEqualTo(CONFLICT);
    assertThat(scenario.campaign("e1", "c1", "A", CampaignStatus.ACTIVE, day(99)))
        .isEqualTo(CONFLICT);
    assertThat(used(scenario)).isEqualTo(1);
    assertThat(scenario.campaigns().get(0).campaignId()).isEqualTo("c1");
  }

  @Test
  void theIdOfAnEmailIsTakenToo() {
    Scenario scenario = scenario();
    scenario.email("e1", day(99));
    assertThat(scenario.lead("e1", day(99))).isEqualTo(CONFLICT);
    assertThat(used(scenario)).isZero();
  }

  @Test
  void onlyTheEventIdDecidesNeverTheLead() {
    Scenario scenario = scenario();
    LeadSourced one = new LeadSourced("e1", "w", "c", "lead", LeadSource.CRM, day(99));
    LeadSourced other = new LeadSourced("e2", "w", "c", "lead", LeadSource.CRM, day(99));
    scenario.put(Topics.LEAD_SOURCED, one, day(100));
    assertThat(scenario.put(Topics.LEAD_SOURCED, other, day(100)))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(used(scenario)).isEqualTo(2);
  }

  @Test
  void anIdCountsOncePerWorkspace() {
    Scenario scenario = scenario();
    scenario.lead("e1", day(99));
    LeadSourced elsewhere = new LeadSourced("e1", "w2", "c", "lead", LeadSource.CRM, day(98));
    assertThat(scenario.put(Topics.LEAD_SOURCED, elsewhere, day(100)))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.ask().credits("w2", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aSecondGrantOfTheSameIdIsAConflict() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), null);
    CreditGrant second =
        new CreditGrant(
            "other", "w", "g", GrantAction.GRANTED, 10L, day(0), null, 0, "bought", day(0));
    assertThat(scenario.put(Topics.CREDIT_GRANTS, second, day(100))).isEqualTo(CONFLICT);
    assertThat(scenario.grant("g", 10, day(0), null)).isEqualTo(ReferenceOutcome.REPEAT);
    assertThat(scenario.credits().remaining()).isEqualTo(10);
  }

  @Test
  void idsOfGrantsAndVersionsAreRememberedForever() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), null);
    scenario.workspace("e1", "Acme", "UTC", day(99));
    scenario.arrive(day(1000));
    assertThat(scenario.grant("g", 10, day(0), null)).isEqualTo(ReferenceOutcome.REPEAT);
    assertThat(scenario.workspace("e1", "Acme", "UTC", day(99))).isEqualTo(ReferenceOutcome.REPEAT);
    assertThat(scenario.lead("e1", day(1000))).isEqualTo(CONFLICT);
  }

  @Test
  void usageMayBeThirtyFiveDaysOldAndNotAMillisecondMore() {
    Scenario scenario = scenario();
    assertThat(scenario.lead("e1", day(65))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.lead("e2", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(scenario.phone("e3", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(scenario.email("e4", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(scenario.reverse("e5", "e1", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(scenario.grant("g", 10, day(0), day(1))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.workspace("e6", "Acme", "UTC", day(0))).isEqualTo(ReferenceOutcome.APPLIED);
  }

  @Test
  void backfillTurnsTheAgeLimitOff() {
    Scenario scenario =
        new Scenario(maker.open(ReferenceRules.DEFAULT.backfill())).arrive(day(1000));
    assertThat(scenario.lead("e1", day(0))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.lead("e1", day(0))).isEqualTo(ReferenceOutcome.REPEAT);
  }

  @Test
  void eventsMayBeFiveMinutesAheadAndNotAMillisecondMoreButGrantsAreFree() {
    Scenario scenario = scenario();
    Instant limit = day(100).plus(Duration.ofMinutes(5));
    assertThat(phone(scenario, "e1", limit)).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(phone(scenario, "e2", limit.plusMillis(1))).isEqualTo(IN_FUTURE);
    assertThat(scenario.voidGrant("e3", "g", day(200))).isEqualTo(ReferenceOutcome.APPLIED);
  }

  private static ReferenceOutcome phone(Scenario scenario, String eventId, Instant at) {
    return scenario.put(
        Topics.PHONE_REVEALED, new PhoneRevealed(eventId, "w", "c", "l", at), day(100));
  }

  @Test
  void theIdOfARejectedRecordMayBeUsedAgain() {
    Scenario scenario = scenario();
    assertThat(scenario.lead("e1", day(1))).isEqualTo(TOO_OLD);
    assertThat(scenario.lead("e1", day(99))).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.grant("g", 0, day(0), null)).isEqualTo(INVALID);
    assertThat(scenario.grant("g", 5, day(0), null)).isEqualTo(ReferenceOutcome.APPLIED);
  }

  @Test
  void emptyIdsAreMissingFields() {
    Scenario scenario = scenario();
    assertThat(scenario.lead("", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(scenario.lead("e1", "", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(scenario.reverse("e1", "", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(scenario.grant("", 0, day(5), day(5))).isEqualTo(MISSING_FIELD);
  }

  @Test
  void impossibleValuesAreInvalidAndThatComesBeforeAge() {
    Scenario scenario = scenario();
    assertThat(scenario.grant("g", 0, day(0), day(5))).isEqualTo(INVALID);
    assertThat(scenario.grant("g", 1_000_000_000_001L, day(0), day(5))).isEqualTo(INVALID);
    assertThat(scenario.grant("g", 10, day(5), day(5))).isEqualTo(INVALID);
    assertThat(scenario.workspace("e1", "Acme", "Mars/Olympus", day(99))).isEqualTo(INVALID);
    assertThat(scenario.lead("e1", "c".repeat(257), day(99))).isEqualTo(INVALID);
    assertThat(scenario.lead("e1", "\uD83D\uDE00".repeat(256), day(99)))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.lead("e2", Instant.EPOCH)).isEqualTo(INVALID);
    assertThat(scenario.grant("g", 1_000_000_000_000L, day(0), day(5)))
        .isEqualTo(ReferenceOutcome.APPLIED);
  }

  @Test
  void aQuotaIsBetweenNothingAndTenToTheTwelfth() {
    Scenario scenario = scenario();
    assertThat(scenario.quota("e1", null)).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.quota("e2", 0L)).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.quota("e3", 1_000_000_000_000L)).isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.quota("e4", -1L)).isEqualTo(INVALID);
    assertThat(scenario.quota("e5", 1_000_000_000_001L)).isEqualTo(INVALID);
  }

  @Test
  void textsHoldFourThousandCodePointsAndNotOneMore() {
    String longest = "\uD83D\uDE00".repeat(4_000);
    Scenario scenario = scenario();
    assertThat(scenario.workspace("e1", longest, "UTC", day(99)))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.workspace("e2", longest + "x", "UTC", day(99))).isEqualTo(INVALID);
    assertThat(scenario.campaign("e3", "c", longest, CampaignStatus.ACTIVE, day(99)))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.campaign("e4", "c", longest + "x", CampaignStatus.ACTIVE, day(99)))
        .isEqualTo(INVALID);
    assertThat(scenario.reverse("e5", "later", day(99), longest))
        .isEqualTo(ReferenceOutcome.WAITING);
    assertThat(scenario.reverse("e6", "later", day(99), longest + "x")).isEqualTo(INVALID);
    assertThat(scenario.grant("e7", GrantAction.GRANTED, longest))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.grant("e8", GrantAction.GRANTED, longest + "x")).isEqualTo(INVALID);
    assertThat(scenario.grant("e9", GrantAction.VOIDED, longest))
        .isEqualTo(ReferenceOutcome.APPLIED);
    assertThat(scenario.grant("e10", GrantAction.VOIDED, longest + "x")).isEqualTo(INVALID);
  }

  @Test
  void aWorkspaceWhoseIdNoAddressCanCarryIsInvalid() {
    Scenario scenario = scenario();
    for (String id : List.of(".", "..")) {
      LeadSourced lead = new LeadSourced("e1", id, "c", "lead", LeadSource.CRM, day(99));
      assertThat(scenario.put(Topics.LEAD_SOURCED, lead, day(100))).isEqualTo(INVALID);
    }
    assertThat(scenario.lead("e1", "..", day(99)))
        .as("a campaign's may")
        .isEqualTo(ReferenceOutcome.APPLIED);
  }

  @Test
  void aZoneIsAnIdOfTheShippedTzReleaseLinksIncludedWhateverJavaKnows() {
    Scenario scenario = scenario();
    for (String zone :
        List.of("EST", "MST", "HST", "ROC", "Asia/Calcutta", "America/Coyhaique", "Etc/GMT+5")) {
      assertThat(scenario.workspace(zone, "W", zone, day(99)))
          .as(zone)
          .isEqualTo(ReferenceOutcome.APPLIED);
    }
    for (String zone :
        List.of("SystemV/EST5", "+02:00", "GMT+02:00", "UTC+1", "Z", "europe/berlin", "", "Mars")) {
      assertThat(scenario.workspace("e-" + zone, "W", zone, day(99))).as(zone).isEqualTo(INVALID);
    }
  }

  @Test
  void aRecordOfAnotherTopicIsOfTheWrongType() {
    Scenario scenario = scenario();
    PhoneRevealed phone = new PhoneRevealed("", "w", "c", "l", day(99));
    assertThat(scenario.put(Topics.LEAD_SOURCED, phone, day(100)))
        .isEqualTo(ReferenceOutcome.rejected(ReferenceReason.WRONG_TYPE));
  }
}
