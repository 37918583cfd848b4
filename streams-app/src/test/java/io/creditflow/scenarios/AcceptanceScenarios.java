package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Reason;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken in and what is turned away (contract sections 3 and 5), by hand. */
abstract class AcceptanceScenarios {
  private static final Verdict CONFLICT = Verdict.rejected(Reason.CONFLICT);
  private static final Verdict INVALID = Verdict.rejected(Reason.INVALID);
  private static final Verdict MISSING_FIELD = Verdict.rejected(Reason.MISSING_FIELD);
  private static final Verdict TOO_OLD = Verdict.rejected(Reason.TOO_OLD);
  private static final Verdict IN_FUTURE = Verdict.rejected(Reason.IN_FUTURE);

  private final CountedBooks.Maker maker;

  AcceptanceScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(100));
  }

  private static long used(Story story) {
    return story.credits().overage();
  }

  @Test
  void anIdenticalRepeatCountsOnce() {
    Story story = story();
    assertThat(story.lead("e1", day(99))).isEqualTo(Verdict.APPLIED);
    assertThat(story.lead("e1", day(99))).isEqualTo(Verdict.REPEAT);
    assertThat(used(story)).isEqualTo(1);
    assertThat(story.rejections()).isEmpty();
  }

  @Test
  void aRepeatWithOtherContentIsAConflictOnAnyTopicAndTheFirstStands() {
    Story story = story();
    story.lead("e1", "c1", day(99));
    assertThat(story.lead("e1", "c2", day(99))).isEqualTo(CONFLICT);
    assertThat(story.lead("e1", "c1", day(98))).isEqualTo(CONFLICT);
    assertThat(story.phone("e1", "c1", day(99))).isEqualTo(CONFLICT);
    assertThat(story.email("e1", day(99))).isEqualTo(CONFLICT);
    assertThat(story.voidGrant("e1", "g", day(99))).isEqualTo(CONFLICT);
    assertThat(story.workspace("e1", "Acme", "UTC", day(99))).isEqualTo(CONFLICT);
    assertThat(story.campaign("e1", "c1", "A", CampaignStatus.ACTIVE, day(99))).isEqualTo(CONFLICT);
    assertThat(used(story)).isEqualTo(1);
    assertThat(story.campaigns().get(0).campaignId()).isEqualTo("c1");
  }

  @Test
  void theIdOfAnEmailIsTakenToo() {
    Story story = story();
    story.email("e1", day(99));
    assertThat(story.lead("e1", day(99))).isEqualTo(CONFLICT);
    assertThat(used(story)).isZero();
  }

  @Test
  void onlyTheEventIdDecidesNeverTheLead() {
    Story story = story();
    LeadSourced one = new LeadSourced("e1", "w", "c", "lead", LeadSource.CRM, day(99));
    LeadSourced other = new LeadSourced("e2", "w", "c", "lead", LeadSource.CRM, day(99));
    story.put(Topics.LEAD_SOURCED, one, day(100));
    assertThat(story.put(Topics.LEAD_SOURCED, other, day(100))).isEqualTo(Verdict.APPLIED);
    assertThat(used(story)).isEqualTo(2);
  }

  @Test
  void anIdCountsOncePerWorkspace() {
    Story story = story();
    story.lead("e1", day(99));
    LeadSourced elsewhere = new LeadSourced("e1", "w2", "c", "lead", LeadSource.CRM, day(98));
    assertThat(story.put(Topics.LEAD_SOURCED, elsewhere, day(100))).isEqualTo(Verdict.APPLIED);
    assertThat(story.ask().credits("w2", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aSecondGrantOfTheSameIdIsAConflict() {
    Story story = story();
    story.grant("g", 10, day(0), null);
    CreditGrant second =
        new CreditGrant(
            "other", "w", "g", GrantAction.GRANTED, 10L, day(0), null, 0, "bought", day(0));
    assertThat(story.put(Topics.CREDIT_GRANTS, second, day(100))).isEqualTo(CONFLICT);
    assertThat(story.grant("g", 10, day(0), null)).isEqualTo(Verdict.REPEAT);
    assertThat(story.credits().remaining()).isEqualTo(10);
  }

  @Test
  void idsOfGrantsAndPicturesAreRememberedForever() {
    Story story = story();
    story.grant("g", 10, day(0), null);
    story.workspace("e1", "Acme", "UTC", day(99));
    story.arrive(day(1000));
    assertThat(story.grant("g", 10, day(0), null)).isEqualTo(Verdict.REPEAT);
    assertThat(story.workspace("e1", "Acme", "UTC", day(99))).isEqualTo(Verdict.REPEAT);
    assertThat(story.lead("e1", day(1000))).isEqualTo(CONFLICT);
  }

  @Test
  void usageMayBeThirtyFiveDaysOldAndNotAMillisecondMore() {
    Story story = story();
    assertThat(story.lead("e1", day(65))).isEqualTo(Verdict.APPLIED);
    assertThat(story.lead("e2", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(story.phone("e3", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(story.email("e4", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(story.reverse("e5", "e1", day(65).minusMillis(1))).isEqualTo(TOO_OLD);
    assertThat(story.grant("g", 10, day(0), day(1))).isEqualTo(Verdict.APPLIED);
    assertThat(story.workspace("e6", "Acme", "UTC", day(0))).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void backfillTurnsTheAgeLimitOff() {
    Story story = new Story(maker.open(Rules.DEFAULT.backfill())).arrive(day(1000));
    assertThat(story.lead("e1", day(0))).isEqualTo(Verdict.APPLIED);
    assertThat(story.lead("e1", day(0))).isEqualTo(Verdict.REPEAT);
  }

  @Test
  void eventsMayBeFiveMinutesAheadAndNotAMillisecondMoreButGrantsAreFree() {
    Story story = story();
    Instant limit = day(100).plus(Duration.ofMinutes(5));
    assertThat(phone(story, "e1", limit)).isEqualTo(Verdict.APPLIED);
    assertThat(phone(story, "e2", limit.plusMillis(1))).isEqualTo(IN_FUTURE);
    assertThat(story.voidGrant("e3", "g", day(200))).isEqualTo(Verdict.APPLIED);
  }

  private static Verdict phone(Story story, String eventId, Instant at) {
    return story.put(
        Topics.PHONE_REVEALED, new PhoneRevealed(eventId, "w", "c", "l", at), day(100));
  }

  @Test
  void theIdOfARejectedRecordMayBeUsedAgain() {
    Story story = story();
    assertThat(story.lead("e1", day(1))).isEqualTo(TOO_OLD);
    assertThat(story.lead("e1", day(99))).isEqualTo(Verdict.APPLIED);
    assertThat(story.grant("g", 0, day(0), null)).isEqualTo(INVALID);
    assertThat(story.grant("g", 5, day(0), null)).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void emptyIdsAreMissingFields() {
    Story story = story();
    assertThat(story.lead("", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(story.lead("e1", "", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(story.reverse("e1", "", day(99))).isEqualTo(MISSING_FIELD);
    assertThat(story.grant("", 0, day(5), day(5))).isEqualTo(MISSING_FIELD);
  }

  @Test
  void impossibleValuesAreInvalidAndThatComesBeforeAge() {
    Story story = story();
    assertThat(story.grant("g", 0, day(0), day(5))).isEqualTo(INVALID);
    assertThat(story.grant("g", 1_000_000_000_001L, day(0), day(5))).isEqualTo(INVALID);
    assertThat(story.grant("g", 10, day(5), day(5))).isEqualTo(INVALID);
    assertThat(story.workspace("e1", "Acme", "Mars/Olympus", day(99))).isEqualTo(INVALID);
    assertThat(story.lead("e1", "c".repeat(257), day(99))).isEqualTo(INVALID);
    assertThat(story.lead("e1", "\uD83D\uDE00".repeat(256), day(99))).isEqualTo(Verdict.APPLIED);
    assertThat(story.lead("e2", Instant.EPOCH)).isEqualTo(INVALID);
    assertThat(story.grant("g", 1_000_000_000_000L, day(0), day(5))).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void aQuotaIsBetweenNothingAndTenToTheTwelfth() {
    Story story = story();
    assertThat(story.quota("e1", null)).isEqualTo(Verdict.APPLIED);
    assertThat(story.quota("e2", 0L)).isEqualTo(Verdict.APPLIED);
    assertThat(story.quota("e3", 1_000_000_000_000L)).isEqualTo(Verdict.APPLIED);
    assertThat(story.quota("e4", -1L)).isEqualTo(INVALID);
    assertThat(story.quota("e5", 1_000_000_000_001L)).isEqualTo(INVALID);
  }

  @Test
  void textsHoldFourThousandCodePointsAndNotOneMore() {
    String longest = "\uD83D\uDE00".repeat(4_000);
    Story story = story();
    assertThat(story.workspace("e1", longest, "UTC", day(99))).isEqualTo(Verdict.APPLIED);
    assertThat(story.workspace("e2", longest + "x", "UTC", day(99))).isEqualTo(INVALID);
    assertThat(story.campaign("e3", "c", longest, CampaignStatus.ACTIVE, day(99)))
        .isEqualTo(Verdict.APPLIED);
    assertThat(story.campaign("e4", "c", longest + "x", CampaignStatus.ACTIVE, day(99)))
        .isEqualTo(INVALID);
    assertThat(story.reverse("e5", "later", day(99), longest)).isEqualTo(Verdict.WAITING);
    assertThat(story.reverse("e6", "later", day(99), longest + "x")).isEqualTo(INVALID);
    assertThat(story.grant("e7", GrantAction.GRANTED, longest)).isEqualTo(Verdict.APPLIED);
    assertThat(story.grant("e8", GrantAction.GRANTED, longest + "x")).isEqualTo(INVALID);
    assertThat(story.grant("e9", GrantAction.VOIDED, longest)).isEqualTo(Verdict.APPLIED);
    assertThat(story.grant("e10", GrantAction.VOIDED, longest + "x")).isEqualTo(INVALID);
  }

  @Test
  void aWorkspaceWhoseIdNoAddressCanCarryIsInvalid() {
    Story story = story();
    for (String id : List.of(".", "..")) {
      LeadSourced lead = new LeadSourced("e1", id, "c", "lead", LeadSource.CRM, day(99));
      assertThat(story.put(Topics.LEAD_SOURCED, lead, day(100))).isEqualTo(INVALID);
    }
    assertThat(story.lead("e1", "..", day(99))).as("a campaign's may").isEqualTo(Verdict.APPLIED);
  }

  @Test
  void aZoneIsAnIdOfTheShippedTzReleaseLinksIncludedWhateverJavaKnows() {
    Story story = story();
    for (String zone :
        List.of("EST", "MST", "HST", "ROC", "Asia/Calcutta", "America/Coyhaique", "Etc/GMT+5")) {
      assertThat(story.workspace(zone, "W", zone, day(99))).as(zone).isEqualTo(Verdict.APPLIED);
    }
    for (String zone :
        List.of("SystemV/EST5", "+02:00", "GMT+02:00", "UTC+1", "Z", "europe/berlin", "", "Mars")) {
      assertThat(story.workspace("e-" + zone, "W", zone, day(99))).as(zone).isEqualTo(INVALID);
    }
  }

  @Test
  void aRecordOfAnotherTopicIsOfTheWrongType() {
    Story story = story();
    PhoneRevealed phone = new PhoneRevealed("", "w", "c", "l", day(99));
    assertThat(story.put(Topics.LEAD_SOURCED, phone, day(100)))
        .isEqualTo(Verdict.rejected(Reason.WRONG_TYPE));
  }
}
