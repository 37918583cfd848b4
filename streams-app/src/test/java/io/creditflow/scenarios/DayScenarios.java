package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.InvalidQueryException;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsAnswer.Point;
import io.creditflow.answer.TrendsAnswer.Series;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Rules;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days, hours, trends and pictures (contract sections 3 and 4), by hand. */
abstract class DayScenarios {
  private final CountedBooks.Maker maker;

  DayScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(30));
  }

  private static List<Long> credits(List<Point> points) {
    return points.stream().map(Point::credits).toList();
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @Test
  void daysAreUtcUntilTheZoneIsKnownAndAreRecountedThen() {
    Story story = story();
    story.lead("e1", at("2026-03-10T23:30:00Z"));
    assertThat(credits(story.days("2026-03-10", "2026-03-11"))).containsExactly(1L, 0L);
    story.workspace("z1", "Acme", "Europe/Berlin", day(30));
    assertThat(credits(story.days("2026-03-10", "2026-03-11"))).containsExactly(0L, 1L);
    story.workspace("z2", "Acme", "America/New_York", day(30).plusMillis(1));
    assertThat(credits(story.days("2026-03-10", "2026-03-11"))).containsExactly(1L, 0L);
  }

  @Test
  void ofThePicturesOfAWorkspaceTheLatestIsPresentWhateverArrivedLast() {
    Story story = story();
    story.workspace("z2", "New", "Europe/Berlin", day(29));
    story.workspace("z1", "Old", "America/New_York", day(28));
    story.workspace("z3", "Tie", "Asia/Kathmandu", day(29));
    assertThat(story.credits().name()).isEqualTo("Tie");
    assertThat(story.credits().timeZone()).isEqualTo("Asia/Kathmandu");
  }

  @Test
  void theDayOnWhichClocksGoForwardHasTwentyThreeHours() {
    Story story = story();
    story.workspace("z1", "Acme", "Europe/Berlin", day(1));
    story.lead("e1", at("2026-03-28T22:59:59.999Z"));
    story.lead("e2", at("2026-03-28T23:00:00Z"));
    story.lead("e3", at("2026-03-29T21:59:59.999Z"));
    story.lead("e4", at("2026-03-29T22:00:00Z"));
    assertThat(credits(story.days("2026-03-28", "2026-03-30"))).containsExactly(1L, 2L, 1L);
    List<Point> hours = hours(story, "2026-03-29");
    assertThat(hours).hasSize(23);
    assertThat(hours.get(0).start()).isEqualTo("2026-03-28T23:00:00Z");
    assertThat(hours.get(0).credits()).isEqualTo(1);
    assertThat(hours.get(22).start()).isEqualTo("2026-03-29T21:00:00Z");
    assertThat(hours.get(22).credits()).isEqualTo(1);
  }

  private static List<Point> hours(Story story, String day) {
    return story.trends(day, day, Granularity.HOUR, Grouping.NONE).series().get(0).points();
  }

  @Test
  void theDayOnWhichClocksGoBackHasTwentyFiveHours() {
    Story story = story().arrive(at("2026-10-27T00:00:00Z"));
    story.workspace("z1", "Acme", "Europe/Berlin", day(1));
    story.lead("e1", at("2026-10-25T00:30:00Z"));
    story.lead("e2", at("2026-10-25T01:30:00Z"));
    story.lead("e3", at("2026-10-25T22:59:59.999Z"));
    assertThat(credits(story.days("2026-10-24", "2026-10-26"))).containsExactly(0L, 3L, 0L);
    List<Point> hours = hours(story, "2026-10-25");
    assertThat(hours).hasSize(25);
    assertThat(hours.get(2).credits()).isEqualTo(1);
    assertThat(hours.get(3).credits()).isEqualTo(1);
  }

  @Test
  void theHoursOfKathmanduBeginAQuarterPast() {
    Story story = story();
    story.workspace("z1", "Acme", "Asia/Kathmandu", day(1));
    story.lead("e1", at("2026-03-20T19:14:59.999Z"));
    story.lead("e2", at("2026-03-20T19:15:00Z"));
    List<Point> hours = hours(story, "2026-03-21");
    assertThat(hours.get(0).start()).isEqualTo("2026-03-20T18:15:00Z");
    assertThat(credits(hours.subList(0, 2))).containsExactly(1L, 1L);
  }

  @Test
  void remainingIsThatOfTheBucketsEndAndOfNowInThePresentOne() {
    Story story = story().arrive(day(3).plusSeconds(3600));
    story.grant("g", 10, day(0), day(1));
    story.grant("h", 10, day(1), day(90));
    story.lead("e1", day(0));
    story.lead("e2", day(2).minusMillis(1));
    story.lead("e3", day(2));
    story.lead("e4", day(3));
    assertThat(story.days("2026-02-28", "2026-03-05"))
        .extracting(Point::remaining)
        .containsExactly(0L, 9L, 9L, 8L, 7L, null);
  }

  @Test
  void trendsCanBeSplitByCampaignKindAndSource() {
    Story story = story();
    story.campaign("p1", "c1", "One", LeadSource.CRM, CampaignStatus.ACTIVE, day(1));
    story.lead("e1", "c1", LeadSource.CSV, day(29));
    story.phone("e2", "c1", day(29));
    story.lead("e3", "c2", LeadSource.PLATFORM, day(29));
    story.phone("e4", "c2", day(29));
    story.phone("e5", "c2", day(29));
    story.lead("e6", "c3", day(29));
    story.reverse("r6", "e6", day(29));
    assertThat(keys(story, Grouping.CAMPAIGN)).containsExactly("c2=3", "c1=2");
    assertThat(keys(story, Grouping.KIND)).containsExactly("PHONE_REVEALED=3", "LEAD_SOURCED=2");
    assertThat(keys(story, Grouping.SOURCE))
        .containsExactly("UNKNOWN=2", "CRM=1", "CSV=1", "PLATFORM=1");
    assertThat(keys(story, Grouping.NONE)).containsExactly("all=5");
  }

  private static List<String> keys(Story story, Grouping grouping) {
    TrendsAnswer trends = story.trends("2026-03-29", "2026-03-31", Granularity.DAY, grouping);
    assertThat(trends.total()).isEqualTo(5);
    assertThat(trends.series().get(0).points()).hasSize(3);
    return trends.series().stream().map(one -> one.key() + "=" + one.total()).toList();
  }

  @Test
  void atMostTwentySeriesAreShownAndTheRestIsOther() {
    Story story = story();
    for (int number = 10; number < 32; number++) {
      story.lead("e" + number, "c" + number, day(29));
      story.lead("f" + number, "c" + number, day(29));
    }
    story.lead("more", "c31", day(29));
    List<Series> series =
        story.trends("2026-03-30", "2026-03-30", Granularity.DAY, Grouping.CAMPAIGN).series();
    assertThat(series).hasSize(21);
    assertThat(series.get(0).key()).isEqualTo("c31");
    assertThat(series.get(1).key()).isEqualTo("c10");
    assertThat(series.get(20).key()).isNull();
    assertThat(series.get(20).rest()).isTrue();
    assertThat(series.get(20).total()).isEqualTo(4);
  }

  @Test
  void rangesAreBounded() {
    Story story = story();
    story.lead("e1", day(29));
    assertThat(story.days("2025-02-25", "2026-03-31")).hasSize(400);
    assertThatThrownBy(() -> story.days("2025-02-24", "2026-03-31"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> story.days("2026-03-31", "2026-03-30"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(
            () -> story.trends("2026-03-01", "2026-03-15", Granularity.HOUR, Grouping.NONE))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void usageOfACampaignNotYetDescribedCountsAtOnce() {
    Story story = story();
    story.lead("e1", "c1", day(29));
    CampaignItem unknown = story.campaigns().get(0);
    assertThat(unknown.creditsUsed()).isEqualTo(1);
    assertThat(unknown.name()).isNull();
    assertThat(unknown.source()).isNull();
    assertThat(unknown.status()).isEqualTo(CampaignItem.Status.UNKNOWN);
    story.campaign("p2", "c1", "New", CampaignStatus.PAUSED, day(28));
    story.campaign("p1", "c1", "Old", CampaignStatus.ACTIVE, day(27));
    CampaignItem known = story.campaigns().get(0);
    assertThat(known.name()).isEqualTo("New");
    assertThat(known.status()).isEqualTo(CampaignItem.Status.PAUSED);
    assertThat(known.quota()).isEqualTo(100);
    assertThat(known.creditsUsed()).isEqualTo(1);
    assertThat(story.history().get(0).campaignName()).isEqualTo("New");
  }
}
