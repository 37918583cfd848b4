package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.query.TrendsResponse.Series;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceRules;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days, hours, trends and versions (contract sections 3 and 4), by hand. */
abstract class DayScenarios {
  private final CreditCalculator.Factory maker;

  DayScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(30));
  }

  private static List<Long> credits(List<Point> points) {
    return points.stream().map(Point::credits).toList();
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @Test
  void daysAreUtcUntilTheZoneIsKnownAndAreRecountedThen() {
    Scenario scenario = scenario();
    scenario.lead("e1", at("2026-03-10T23:30:00Z"));
    assertThat(credits(scenario.days("2026-03-10", "2026-03-11"))).containsExactly(1L, 0L);
    scenario.workspace("z1", "Acme", "Europe/Berlin", day(30));
    assertThat(credits(scenario.days("2026-03-10", "2026-03-11"))).containsExactly(0L, 1L);
    scenario.workspace("z2", "Acme", "America/New_York", day(30).plusMillis(1));
    assertThat(credits(scenario.days("2026-03-10", "2026-03-11"))).containsExactly(1L, 0L);
  }

  @Test
  void ofTheVersionsOfAWorkspaceTheLatestIsPresentWhateverArrivedLast() {
    Scenario scenario = scenario();
    scenario.workspace("z2", "New", "Europe/Berlin", day(29));
    scenario.workspace("z1", "Old", "America/New_York", day(28));
    scenario.workspace("z3", "Tie", "Asia/Kathmandu", day(29));
    assertThat(scenario.credits().name()).isEqualTo("Tie");
    assertThat(scenario.credits().timeZone()).isEqualTo("Asia/Kathmandu");
  }

  @Test
  void theDayOnWhichClocksGoForwardHasTwentyThreeHours() {
    Scenario scenario = scenario();
    scenario.workspace("z1", "Acme", "Europe/Berlin", day(1));
    scenario.lead("e1", at("2026-03-28T22:59:59.999Z"));
    scenario.lead("e2", at("2026-03-28T23:00:00Z"));
    scenario.lead("e3", at("2026-03-29T21:59:59.999Z"));
    scenario.lead("e4", at("2026-03-29T22:00:00Z"));
    assertThat(credits(scenario.days("2026-03-28", "2026-03-30"))).containsExactly(1L, 2L, 1L);
    List<Point> hours = hours(scenario, "2026-03-29");
    assertThat(hours).hasSize(23);
    assertThat(hours.get(0).start()).isEqualTo("2026-03-28T23:00:00Z");
    assertThat(hours.get(0).credits()).isEqualTo(1);
    assertThat(hours.get(22).start()).isEqualTo("2026-03-29T21:00:00Z");
    assertThat(hours.get(22).credits()).isEqualTo(1);
  }

  private static List<Point> hours(Scenario scenario, String day) {
    return scenario.trends(day, day, Granularity.HOUR, Grouping.NONE).series().get(0).points();
  }

  @Test
  void theDayOnWhichClocksGoBackHasTwentyFiveHours() {
    Scenario scenario = scenario().arrive(at("2026-10-27T00:00:00Z"));
    scenario.workspace("z1", "Acme", "Europe/Berlin", day(1));
    scenario.lead("e1", at("2026-10-25T00:30:00Z"));
    scenario.lead("e2", at("2026-10-25T01:30:00Z"));
    scenario.lead("e3", at("2026-10-25T22:59:59.999Z"));
    assertThat(credits(scenario.days("2026-10-24", "2026-10-26"))).containsExactly(0L, 3L, 0L);
    List<Point> hours = hours(scenario, "2026-10-25");
    assertThat(hours).hasSize(25);
    assertThat(hours.get(2).credits()).isEqualTo(1);
    assertThat(hours.get(3).credits()).isEqualTo(1);
  }

  @Test
  void theHoursOfKathmanduBeginAQuarterPast() {
    Scenario scenario = scenario();
    scenario.workspace("z1", "Acme", "Asia/Kathmandu", day(1));
    scenario.lead("e1", at("2026-03-20T19:14:59.999Z"));
    scenario.lead("e2", at("2026-03-20T19:15:00Z"));
    List<Point> hours = hours(scenario, "2026-03-21");
    assertThat(hours.get(0).start()).isEqualTo("2026-03-20T18:15:00Z");
    assertThat(credits(hours.subList(0, 2))).containsExactly(1L, 1L);
  }

  @Test
  void remainingIsThatOfTheBucketsEndAndOfNowInThePresentOne() {
    Scenario scenario = scenario().arrive(day(3).plusSeconds(3600));
    scenario.grant("g", 10, day(0), day(1));
    scenario.grant("h", 10, day(1), day(90));
    scenario.lead("e1", day(0));
    scenario.lead("e2", day(2).minusMillis(1));
    scenario.lead("e3", day(2));
    scenario.lead("e4", day(3));
    assertThat(scenario.days("2026-02-28", "2026-03-05"))
        .extracting(Point::remaining)
        .containsExactly(0L, 9L, 9L, 8L, 7L, null);
  }

  @Test
  void trendsCanBeSplitByCampaignKindAndSource() {
    Scenario scenario = scenario();
    scenario.campaign("p1", "c1", "One", LeadSource.CRM, CampaignStatus.ACTIVE, day(1));
    scenario.lead("e1", "c1", LeadSource.CSV, day(29));
    scenario.phone("e2", "c1", day(29));
    scenario.lead("e3", "c2", LeadSource.PLATFORM, day(29));
    scenario.phone("e4", "c2", day(29));
    scenario.phone("e5", "c2", day(29));
    scenario.lead("e6", "c3", day(29));
    scenario.reverse("r6", "e6", day(29));
    assertThat(keys(scenario, Grouping.CAMPAIGN)).containsExactly("c2=3", "c1=2");
    assertThat(keys(scenario, Grouping.KIND)).containsExactly("PHONE_REVEALED=3", "LEAD_SOURCED=2");
    assertThat(keys(scenario, Grouping.SOURCE))
        .containsExactly("UNKNOWN=2", "CRM=1", "CSV=1", "PLATFORM=1");
    assertThat(keys(scenario, Grouping.NONE)).containsExactly("all=5");
  }

  private static List<String> keys(Scenario scenario, Grouping grouping) {
    TrendsResponse trends = scenario.trends("2026-03-29", "2026-03-31", Granularity.DAY, grouping);
    assertThat(trends.total()).isEqualTo(5);
    assertThat(trends.series().get(0).points()).hasSize(3);
    return trends.series().stream().map(one -> one.key() + "=" + one.total()).toList();
  }

  @Test
  void atMostTwentySeriesAreShownAndTheRestIsOther() {
    Scenario scenario = scenario();
    for (int number = 10; number < 32; number++) {
      scenario.lead("e" + number, "c" + number, day(29));
      scenario.lead("f" + number, "c" + number, day(29));
    }
    scenario.lead("more", "c31", day(29));
    List<Series> series =
        scenario.trends("2026-03-30", "2026-03-30", Granularity.DAY, Grouping.CAMPAIGN).series();
    assertThat(series).hasSize(21);
    assertThat(series.get(0).key()).isEqualTo("c31");
    assertThat(series.get(1).key()).isEqualTo("c10");
    assertThat(series.get(20).key()).isNull();
    assertThat(series.get(20).rest()).isTrue();
    assertThat(series.get(20).total()).isEqualTo(4);
  }

  @Test
  void rangesAreBounded() {
    Scenario scenario = scenario();
    scenario.lead("e1", day(29));
    assertThat(scenario.days("2025-02-25", "2026-03-31")).hasSize(400);
    assertThatThrownBy(() -> scenario.days("2025-02-24", "2026-03-31"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scenario.days("2026-03-31", "2026-03-30"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(
            () -> scenario.trends("2026-03-01", "2026-03-15", Granularity.HOUR, Grouping.NONE))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void usageOfACampaignNotYetDescribedCountsAtOnce() {
    Scenario scenario = scenario();
    scenario.lead("e1", "c1", day(29));
    CampaignItem unknown = scenario.campaigns().get(0);
    assertThat(unknown.creditsUsed()).isEqualTo(1);
    assertThat(unknown.name()).isNull();
    assertThat(unknown.source()).isNull();
    assertThat(unknown.status()).isEqualTo(CampaignItem.Status.UNKNOWN);
    scenario.campaign("p2", "c1", "New", CampaignStatus.PAUSED, day(28));
    scenario.campaign("p1", "c1", "Old", CampaignStatus.ACTIVE, day(27));
    CampaignItem known = scenario.campaigns().get(0);
    assertThat(known.name()).isEqualTo("New");
    assertThat(known.status()).isEqualTo(CampaignItem.Status.PAUSED);
    assertThat(known.quota()).isEqualTo(100);
    assertThat(known.creditsUsed()).isEqualTo(1);
    assertThat(scenario.history().get(0).campaignName()).isEqualTo("New");
  }
}
