package io.creditflow.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.grant.Grant;
import io.creditflow.ledger.WorkspaceFixture;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.state.InMemoryRowStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant of 10 at 08:00 that expires at 20:00, and leads in between. */
class HistoryViewTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-02");
  private static final long START = DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  private static final long HOUR = 3_600_000;

  private final InMemoryRowStore state = new InMemoryRowStore();
  private final WorkspaceFixture workspace = new WorkspaceFixture(state, "w");

  HistoryViewTest() {
    workspace.grant(
        new Grant("g", 10, hour(8), hour(20), 0, "bought", "granted", Grant.NEVER, null, null));
  }

  @Test
  void rowsAreMergedNewestFirstWithARunningBalance() {
    workspace.lead("early", hour(7), 2);
    workspace.lead("noon", hour(12), 3);

    assertThat(page(10, null).items())
        .extracting(HistoryViewTest::line)
        .containsExactly("expired:g -5 0 0", "noon -3 5 0", "granted 10 8 0", "early -2 0 2");
  }

  @Test
  void atOneInstantUsageStandsAboveTheGrantThatItDrawsOn() {
    workspace.lead("e", hour(8), 1);

    assertThat(page(10, null).items())
        .extracting(HistoryRow::id)
        .containsExactly("expired:g", "e", "granted");
  }

  @Test
  void aWalkByCursorShowsEachRowOnceWhateverThePageHolds() {
    for (int i = 0; i < 7; i++) {
      workspace.lead("e" + i, hour(9) + i, 1);
    }
    List<String> whole = page(100, null).items().stream().map(HistoryViewTest::line).toList();
    for (int limit = 1; limit <= 4; limit++) {
      List<String> walked = new ArrayList<>();
      String cursor = null;
      do {
        HistoryResponse page = page(limit, cursor);
        assertThat(page.changed()).isFalse();
        page.items().forEach(row -> walked.add(line(row)));
        cursor = page.nextCursor();
      } while (cursor != null);
      assertThat(walked).as("limit " + limit).isEqualTo(whole);
    }
  }

  @Test
  void aRowThatCameBelowThePageIsSaidToHaveChangedIt() {
    workspace.lead("a", hour(9), 1);
    workspace.lead("b", hour(10), 1);
    String cursor = page(2, null).nextCursor();
    workspace.lead("newer", hour(11), 1);
    assertThat(page(2, cursor).changed()).isFalse();
    workspace.lead("older", hour(8.5), 1);

    HistoryResponse page = page(2, cursor);
    assertThat(page.changed()).isTrue();
    assertThat(page.items())
        .extracting(HistoryViewTest::line)
        .containsExactly("a -1 8 0", "older -1 9 0");
  }

  @Test
  void daysAreIncludedAtBothEndsAndBalancesCountWhatIsOutside() {
    workspace.lead("before", START - 1, 1);
    workspace.lead("first", START, 1);
    workspace.lead("last", START + 24 * HOUR - 1, 1);
    workspace.lead("after", START + 24 * HOUR, 1);

    assertThat(page(DAY, DAY, 10, null).items())
        .extracting(HistoryViewTest::line)
        .containsExactly("last -1 0 1", "expired:g -8 0 0", "granted 10 8 0", "first -1 0 2");
  }

  @Test
  void anEndBeforeTheBeginningIsRefused() {
    assertThatThrownBy(() -> page(DAY, DAY.minusDays(1), 10, null))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("must not be after to");
  }

  private HistoryResponse page(int limit, String cursor) {
    return page(null, null, limit, cursor);
  }

  private HistoryResponse page(LocalDate from, LocalDate to, int limit, String cursor) {
    HistoryQuery query = new HistoryQuery(from, to, null, Set.of(), null, limit, cursor);
    return new HistoryView(new WorkspaceSnapshot(state, "w", hour(30)), query).page();
  }

  private static String line(HistoryRow row) {
    return row.id() + " " + row.credits() + " " + row.balanceAfter() + " " + row.overageAfter();
  }

  private static long hour(double hours) {
    return START + Math.round(hours * HOUR);
  }
}
