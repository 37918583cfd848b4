package io.creditflow.scenarios;

import static io.creditflow.scenarios.Scenario.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.HistoryRow.Kind;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceRules;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Credit History (contract section 4), by hand. */
abstract class HistoryScenarios {
  private final CreditCalculator.Factory maker;

  HistoryScenarios(CreditCalculator.Factory maker) {
    this.maker = maker;
  }

  private Scenario scenario() {
    return new Scenario(maker.open(ReferenceRules.DEFAULT)).arrive(day(1));
  }

  private static String line(HistoryRow row) {
    return row.kind() + " " + row.credits() + " " + row.balanceAfter() + " " + row.overageAfter();
  }

  private static HistoryResponse page(Scenario scenario, int limit, String cursor) {
    HistoryQuery query = new HistoryQuery(null, null, null, Set.of(), null, limit, cursor);
    return scenario.ask().history(Scenario.WORKSPACE, query).orElseThrow();
  }

  @Test
  void atOneInstantExpiriesComeFirstThenGrantsThenUsageThenReversals() {
    Scenario scenario = scenario().arrive(day(6));
    scenario.grant("b", 10, day(5), day(30));
    scenario.grant("a", 5, day(0), day(5));
    scenario.lead("e2", day(5));
    scenario.lead("e1", day(5));
    scenario.reverse("r1", "e2", day(5));
    assertThat(scenario.history())
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
    Scenario scenario = scenario();
    scenario.leads("e", 3, day(1));
    scenario.grant("g", 2, day(2), null);
    scenario.grant("h", 5, day(3), null);
    scenario.now(day(4));
    assertThat(scenario.history())
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
    Scenario scenario = scenario();
    scenario.grant("g", 5, day(2), null);
    scenario.now(day(2).minusMillis(1));
    assertThat(scenario.history()).isEmpty();
    scenario.now(day(2));
    assertThat(scenario.history())
        .extracting(HistoryScenarios::line)
        .containsExactly("GRANTED 5 5 0");
  }

  @Test
  void anExpiryWithoutARestHasNoRow() {
    Scenario scenario = scenario();
    scenario.grant("g", 1, day(0), day(2));
    scenario.lead("e1", day(1));
    scenario.now(day(3));
    assertThat(scenario.history())
        .extracting(HistoryScenarios::line)
        .containsExactly("LEAD_SOURCED -1 0 0", "GRANTED 1 1 0");
  }

  @Test
  void filtersHideRowsAndChangeNoBalance() {
    Scenario scenario = scenario().arrive(day(4));
    scenario.grant("g", 10, day(0), day(30));
    scenario.lead("e1", "c1", day(1));
    scenario.phone("e2", "c2", day(2));
    scenario.lead("e3", "c1", day(3));
    scenario.reverse("r1", "e1", day(3));
    assertThat(rows(scenario, new HistoryQuery(null, null, "c1", Set.of(), null, 50, null)))
        .containsExactly("REVERSED 0 8 0", "LEAD_SOURCED -1 8 0", "LEAD_SOURCED 0 10 0");
    assertThat(
            rows(
                scenario,
                new HistoryQuery(null, null, null, Set.of(Kind.PHONE_REVEALED), null, 50, null)))
        .containsExactly("PHONE_REVEALED -1 9 0");
    LocalDate third = LocalDate.parse("2026-03-03");
    assertThat(rows(scenario, new HistoryQuery(third, third, null, Set.of(), null, 50, null)))
        .containsExactly("PHONE_REVEALED -1 9 0");
  }

  private static List<String> rows(Scenario scenario, HistoryQuery query) {
    return scenario.ask().history(Scenario.WORKSPACE, query).orElseThrow().items().stream()
        .map(HistoryScenarios::line)
        .toList();
  }

  @Test
  void pagesOfTwoShowEachRowOnceAndChain() {
    Scenario scenario = scenario();
    scenario.grant("g", 10, day(0), day(30));
    scenario.leads("e", 4, day(1));
    HistoryResponse first = page(scenario, 2, null);
    HistoryResponse second = page(scenario, 2, first.nextCursor());
    HistoryResponse third = page(scenario, 2, second.nextCursor());
    assertThat(first.items()).extracting(HistoryRow::balanceAfter).containsExactly(6L, 7L);
    assertThat(second.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L, 9L);
    assertThat(third.items()).extracting(HistoryRow::balanceAfter).containsExactly(10L);
    assertThat(third.nextCursor()).isNull();
    assertThat(second.changed()).isFalse();
    assertThat(third.changed()).isFalse();
  }

  @Test
  void newerRowsDoNotDisturbAWalkAndOlderOnesAreSaidToHaveChanged() {
    Scenario scenario = scenario().arrive(day(3));
    scenario.grant("g", 10, day(0), day(30));
    scenario.leads("e", 3, day(2));
    HistoryResponse first = page(scenario, 1, null);
    scenario.lead("newer", day(3));
    HistoryResponse second = page(scenario, 1, first.nextCursor());
    assertThat(second.changed()).isFalse();
    assertThat(second.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L);
    scenario.lead("older", day(1));
    HistoryResponse third = page(scenario, 2, second.nextCursor());
    assertThat(third.changed()).isTrue();
    assertThat(third.items()).extracting(HistoryRow::balanceAfter).containsExactly(8L, 9L);
    HistoryResponse fourth = page(scenario, 2, third.nextCursor());
    assertThat(fourth.changed()).isFalse();
    assertThat(fourth.items()).extracting(HistoryRow::kind).containsExactly(Kind.GRANTED);
    assertThat(fourth.nextCursor()).isNull();
  }

  @Test
  void aChangeThatAnExpiryMakesUpForIsSaid() {
    Scenario scenario = scenario().arrive(day(20));
    scenario.grant("g", 100, day(0), day(10));
    scenario.leads("e", 10, day(2));
    scenario.lead("last", day(19));
    HistoryResponse first = page(scenario, 1, null);
    scenario.lead("older", day(5));
    HistoryResponse second = page(scenario, 1, first.nextCursor());
    assertThat(second.changed()).isTrue();
    assertThat(second.items()).extracting(HistoryRow::credits).containsExactly(-89L);
  }
}
