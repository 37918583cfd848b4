package io.creditflow.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditflow.engine.EngineCalculator;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.query.AlertItem;
import io.creditflow.query.AlertsQuery;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Which alerts people must still heed: those that the present state bears out. */
class AlertsInForceTest {
  private final EngineCalculator calculator = new EngineCalculator(ReferenceRules.DEFAULT);
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private int number;

  @Test
  void aQuotaTakenAwayIsInForceNoMoreAndRecovers() {
    plenty();
    quota("c", 10L);
    leads("c", 10);
    judge();
    assertThat(inForce()).containsExactly("QUOTA CRITICAL c 1.0");

    quota("c", null);

    assertThat(judge())
        .extracting(CreditAlert::getMessage)
        .containsExactly("Campaign \"Spring\" has no quota now; it has used 10 credits");
    assertThat(inForce()).isEmpty();
  }

  @Test
  void aGrantThatPaysTheOverageEndsTheShortage() {
    grant("g1", 100, now.minus(Duration.ofDays(1)), null);
    leads("c", 120);
    judge();
    assertThat(inForce()).containsExactly("LOW_BALANCE CRITICAL null 0.0");

    grant("g2", 1000, now.minus(Duration.ofHours(6)), now.plus(Duration.ofDays(60)));
    calculator.flush();

    assertThat(inForce()).as("before anything is judged").isEmpty();
    judge();
    assertThat(inForce()).isEmpty();
  }

  @Test
  void nothingExpiresOfAGrantThatIsUsedUp() {
    grant("g1", 50, now.minus(Duration.ofDays(1)), now.plus(Duration.ofHours(20)));
    judge();
    assertThat(inForce()).containsExactly("EXPIRY CRITICAL null 1.0");

    leads("c", 50);
    judge();

    assertThat(inForce()).containsExactly("LOW_BALANCE CRITICAL null 0.0");
    takeBack(3);
    judge();
    assertThat(inForce())
        .containsExactly("EXPIRY CRITICAL null 1.0", "LOW_BALANCE WARNING null 0.06");
  }

  @Test
  void aQuotaOf0IsNotReachedBeforeTheFirstCredit() {
    plenty();
    quota("c", 0L);
    assertThat(judge()).isEmpty();
    assertThat(inForce()).isEmpty();

    leads("c", 1);
    judge();

    assertThat(inForce()).containsExactly("QUOTA CRITICAL c null");
  }

  @Test
  void ofSeveralArmingsOnlyTheLastIsInForce() {
    plenty();
    quota("c", 10L);
    leads("c", 8);
    judge();
    takeBack(1);
    judge();
    leads("c", 1);
    calculator.flush();
    assertThat(inForce()).as("reached again, for which no alert was raised yet").isEmpty();
    judge();

    List<AlertItem> all = list(null);
    assertThat(all)
        .extracting(AlertItem::level, AlertItem::inForce)
        .containsExactly(
            tuple("WARNING", true), tuple("RECOVERED", false), tuple("WARNING", false));
    assertThat(list(false)).containsExactly(all.get(1), all.get(2));
    assertThat(list(true)).containsExactly(all.get(0));
  }

  @Test
  void ofOneInstantTheOneRaisedLaterIsNewer() {
    plenty();
    quotaAt("c", 10L, now.minusMillis(2));
    leads("c", 10);
    judge();
    // The quota is raised before the last lead: crossed and left at one instant.
    quotaAt("c", 100L, now.minusMillis(1));
    judge();

    assertThat(list(null))
        .extracting(AlertItem::level)
        .containsExactly("RECOVERED", "CRITICAL", "WARNING");
    assertThat(list(null)).extracting(AlertItem::occurredAt).containsOnly(now);
  }

  @Test
  void valueAndMessageAreThoseOfTheMinute() {
    workspace("Asia/Kathmandu");
    grant("g1", 100, now.minus(Duration.ofDays(1)), Instant.parse("2026-03-09T11:00:00Z"));
    leads("c", 85);
    judge();
    leads("c", 4);
    calculator.flush();
    now = Instant.parse("2026-03-04T18:14:59.999Z");

    assertThat(list(true))
        .extracting(AlertItem::threshold, AlertItem::value, AlertItem::message)
        .containsExactly(
            tuple(
                7.0,
                5.0,
                "11 credits of grant g1 expire in 5 days (9 Mar 2026, 16:45 UTC+05:45) unless used"
                    + " before"),
            tuple(0.2, 0.11, "11 % of the allocation is left: 11 of 100 credits"));
    now = now.plusMillis(60_001); // a minute of the next day in Kathmandu
    assertThat(list(true)).first().extracting(AlertItem::value).isEqualTo(4.0);
    now = Instant.parse("2026-03-09T11:00:00Z");
    assertThat(inForce()).isEmpty();
  }

  @Test
  void theWorkspacesOwnComeFirstThenTheMostSevereThenTheNewest() {
    quota("c1", 10L);
    quota("c2", 10L);
    quota("c3", 10L);
    grant("g1", 1000, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(20)));
    leads("c1", 8);
    leads("c2", 10);
    now = now.plusSeconds(60);
    leads("c3", 9);
    judge();

    assertThat(inForce())
        .containsExactly(
            "EXPIRY NOTICE null 20.0",
            "QUOTA CRITICAL c2 1.0",
            "QUOTA WARNING c3 0.9",
            "QUOTA WARNING c1 0.8");
  }

  private List<String> inForce() {
    return list(true).stream()
        .map(
            item ->
                "%s %s %s %s".formatted(item.kind(), item.level(), item.campaignId(), item.value()))
        .toList();
  }

  private List<AlertItem> list(Boolean inForce) {
    return calculator
        .queries(now)
        .alerts("w", new AlertsQuery(inForce, 50, null))
        .orElseThrow()
        .items();
  }

  private List<CreditAlert> judge() {
    calculator.advance(now);
    return calculator.evaluate(now);
  }

  /** So that the balance raises nothing. */
  private void plenty() {
    grant("plenty", 1_000_000, now.minus(Duration.ofDays(1)), null);
  }

  private void workspace(String zone) {
    arrive(Topics.WORKSPACES, new WorkspaceChanged("e" + ++number, "w", "Acme", zone, now));
  }

  private void quota(String campaignId, Long quota) {
    now = now.plusMillis(1); // of one instant the id would decide which is the present one
    quotaAt(campaignId, quota, now);
  }

  private void quotaAt(String campaignId, Long quota, Instant at) {
    arrive(
        Topics.CAMPAIGNS,
        new CampaignChanged(
            "e" + ++number,
            "w",
            campaignId,
            "Spring",
            LeadSource.CSV,
            CampaignStatus.DRAFT,
            quota,
            null,
            null,
            at));
  }

  private void grant(String grantId, long amount, Instant from, Instant to) {
    arrive(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            "e" + ++number, "w", grantId, GrantAction.GRANTED, amount, from, to, 0, null, now));
  }

  private void leads(String campaignId, int count) {
    for (int i = 0; i < count; i++) {
      String id = "e" + ++number;
      arrive(Topics.LEAD_SOURCED, new LeadSourced(id, "w", campaignId, id, LeadSource.CSV, now));
    }
  }

  /** The last events, which are leads. */
  private void takeBack(int count) {
    int last = number;
    for (int i = 0; i < count; i++) {
      arrive(
          Topics.USAGE_REVERSED,
          new UsageReversed("e" + ++number, "w", "e" + (last - i), null, now));
    }
  }

  private void arrive(String topic, SpecificRecord event) {
    calculator.accept(topic, event, now);
  }
}
