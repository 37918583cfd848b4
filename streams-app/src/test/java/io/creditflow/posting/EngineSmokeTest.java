package io.creditflow.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.reference.Rules;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineSmokeTest {
  @Test
  void aGrantAndALeadBecomeABalanceADayAndTwoRows() {
    EngineBooks books = new EngineBooks(Rules.DEFAULT);
    Instant t = Instant.parse("2026-10-01T10:00:00Z");
    books.accept(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            "g", "w", "g1", GrantAction.GRANTED, 10L, t, t.plusSeconds(86400 * 10), 0, null, t),
        t);
    books.accept(
        Topics.LEAD_SOURCED,
        new LeadSourced("e1", "w", "c1", "l1", LeadSource.CSV, t.plusSeconds(5)),
        t.plusSeconds(6));
    books.flush();
    var queries = books.queries(t.plusSeconds(60));
    assertThat(queries.credits("w", null).orElseThrow().remaining()).isEqualTo(9);
    assertThat(
            queries
                .trends(
                    "w",
                    new TrendsQuery(
                        null, null, TrendsQuery.Granularity.DAY, TrendsQuery.Grouping.NONE))
                .orElseThrow()
                .total())
        .isEqualTo(1);
    assertThat(
            queries
                .history("w", new HistoryQuery(null, null, null, Set.of(), 50, null))
                .orElseThrow()
                .items())
        .hasSize(2);
  }
}
