package io.creditflow.scenarios;

import static io.creditflow.scenarios.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.answer.HistoryAnswer;
import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.HistoryRow.Kind;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Rules;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Credit History (contract section 4), by hand. */
abstract class HistoryScenarios {
  private final CountedBooks.Maker maker;

  HistoryScenarios(CountedBooks.Maker maker) {
    this.maker = maker;
  }

  private Story story() {
    return new Story(maker.open(Rules.DEFAULT)).arrive(day(1));
  }

  private static String line(HistoryRow row) {
    return row.kind() + " " + row.credits() + " " + row.balanceAfter() + " " + row.overageAfter();
  }

  private static HistoryAnswer page(Story story, int limit, String cursor) {
    HistoryQuery query = new HistoryQuery(null, null, null, Set.of(), null, limit, cursor);
    return story.ask().history(Story.WORKSPACE, query).orElseThrow();
  }

  @Test
  void atOneInstantExpiriesComeFirstThenGrantsThenUsageThenReversals() {
    Story story = story().arrive(day(6));
    story.grant("b", 10, day(5), day(30));
    story.grant("a", 5, day(0), day(5));
    story.lead("e2", day(5));
    story.lead("e1", day(5));
    story.reverse("r1", "e2", day(5));
    assertThat(story.history())
        .extracting(HistoryScenarios::line)
        .containsExactly(
            "REVERSED 0 9 0",
            "LEAD_SOURCED 0 9 0",
            "LEAD_SOURCED -1 9 0",
            "GRANTED 10 10 0",
            "EXPIRED -5 0 0",
            "GRANTED 5 5 0");
  }

  @Test
  void aGrantPaysOverageInItsOwnRow() {
    Story story = story();
    story.leads("e", 3, day(1));
    story.grant("g", 2, day(2), null);
    story.grant("h", 5, day(3), null);
    story.now(day(4));
    assertThat(story.history())
        .extracting(HistoryScenarios::line)
        .containsExactly(
            "GRANTED 5 4 0",
            "GRANTED 2 0 1",
            "LEAD_SOURCED -1 0 3",
            "LEAD_SOURCED -1 0 2",
            "LEAD_SOURCED -1 0 1");
  }

  @Test
  void aScheduledGrantIsNotYetHistory() {
    Story story = story();
    story.grant("g", 5, day(2), null);
    story.now(day(2).minusMillis(1));
    assertThat(story.history()).isEmpty();
    story.now(day(2));
    assertThat(story.history()).extracting(HistoryScenarios::line).containsExactly("GRANTED 5 5 0");
  }

  @Test
  void anExpiryWithoutARestHasNoRow() {
    Story story = story();
    story.grant("g", 1, day(0), day(2));
    story.lead("e1", day(1));
    story.now(day(3));
    assertThat(story.history())
        .extracting(HistoryScenarios::line)
        .containsExactly("LEAD_SOURCED -1 0 0", "GRANTED 1 1 0");
  }

  @Test
  void filtersHideRowsAndChangeNoBalance() {
    Story story = story().arrive(day(4));
    story.grant("g", 10, day(0), day(30));
    story.lead("e1", "c1", day(1));
    story.phone("e2", "c2", day(2));
    story.lead("e3", "c1", day(3));
    story.reverse("r1", "e1", day(3));
    assertThat(rows(story, new HistoryQuery(null, null, "c1", Set.of(), null, 50, null)))
        .containsExactly("REVERSED 0 8 0", "LEAD_SOURCED -1 8 0", "LEAD_SOURCED 0 10 0");
    assertThat(
            rows(
                story,
                new HistoryQuery(null, null, null, Set.of(Kind.PHONE_REVEALED), null, 50, null)))
        .containsExactly("PHONE_REVEALED -1 9 0");
    LocalDate third = LocalDate.parse("2026-03-03");
    assertThat(rows(story, new HistoryQuery(third, third, null, Set.of(), null, 50, null)))
        .containsExactly("PHONE_REVEALED -1 9 0");
  }

  private static List<String> rows(Story story, HistoryQuery query) {
    return story.ask().history(Story.WORKSPACE, query).orElseThrow().items().stream()
        .map(HistoryScenarios::line)
        .toList();
  }

  @Test
  void pagesOfTwoShowEachRowOnceAndChain() {
    Story story = story();
    story.grant("g", 10, day(0), day(30));
    story.leads("e", 4, day(1));
    HistoryAnswer first = page(story, 2, null);
    HistoryAnswer second = page(story, 2, first.nextCursor());
    HistoryAnswer third = page(story, 2, second.nextCursor());
    assertThat(first.items()).extracting(HistoryRow::balanceAfter).containsExactly(6L, 7L);
    assertThat(second.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L, 9L);
    assertThat(third.items()).extracting(HistoryRow::balanceAfter).containsExactly(10L);
    assertThat(third.nextCursor()).isNull();
    assertThat(second.changed()).isFalse();
    assertThat(third.changed()).isFalse();
  }

  @Test
  void newerRowsDoNotDisturbAWalkAndOlderOnesAreSaidToHaveChanged() {
    Story story = story().arrive(day(3));
    story.grant("g", 10, day(0), day(30));
    story.leads("e", 3, day(2));
    HistoryAnswer first = page(story, 1, null);
    story.lead("newer", day(3));
    HistoryAnswer second = page(story, 1, first.nextCursor());
    assertThat(second.changed()).isFalse();
    assertThat(second.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L);
    story.lead("older", day(1));
    HistoryAnswer third = page(story, 2, second.nextCursor());
    assertThat(third.changed()).isTrue();
    assertThat(third.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L, 9L);
    HistoryAnswer fourth = page(story, 2, third.nextCursor());
    assertThat(fourth.changed()).isFalse();
    assertThat(fourth.items()).extracting(HistoryRow::kind).containsExactly(Kind.GRANTED);
    assertThat(fourth.nextCursor()).isNull();
  }

  @Test
  void aChangeThatAnExpiryMakesUpForIsSaid() {
    Story story = story().arrive(day(20));
    story.grant("g", 100, day(0), day(10));
    story.leads("e", 10, day(2));
    story.lead("last", day(19));
    HistoryAnswer first = page(story, 1, null);
    story.lead("older", day(5));
    HistoryAnswer second = page(story, 1, first.nextCursor());
    assertThat(second.changed()).isTrue();
    assertThat(second.items()).extracting(HistoryRow::credits).containsExactly(-89L);
  }
}
