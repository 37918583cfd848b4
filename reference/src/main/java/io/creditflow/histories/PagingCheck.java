package io.creditflow.histories;

import io.creditflow.query.CreditQueries;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.HistoryRow.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the history page by page while records arrive, and checks three properties. Each page is a
 * contiguous part of the current history. Balances of neighbouring pages connect unless a page has
 * {@code changed}. Each row that exists at the start appears exactly once.
 */
final class PagingCheck {
  private static final Set<Kind> KEPT =
      Set.of(Kind.LEAD_SOURCED, Kind.PHONE_REVEALED, Kind.GRANTED);

  private final String workspaceId;
  private final int limit;
  private final Set<String> atStart = new HashSet<>();
  private final List<String> seen = new ArrayList<>();
  private HistoryRow last;
  private List<Movement> older;
  private String cursor;

  PagingCheck(String workspaceId, int limit) {
    this.workspaceId = workspaceId;
    this.limit = limit;
  }

  /** Reads and checks the next page; returns true after the last page. */
  boolean next(CreditQueries product) {
    List<HistoryRow> all = rows(product, 500, null).items();
    if (older == null) {
      all.stream().filter(row -> KEPT.contains(row.kind())).forEach(row -> atStart.add(row.id()));
    }
    HistoryResponse page = rows(product, limit, cursor);
    page.items().forEach(row -> seen.add(row.id()));
    int start = page.items().isEmpty() ? all.size() : all.indexOf(page.items().get(0));
    int end = start + page.items().size();
    MismatchError.unless(
        start >= 0 && all.subList(start, Math.min(end, all.size())).equals(page.items()),
        () ->
            "a page is not a contiguous part of the history\n page "
                + page.items()
                + "\n all "
                + all);
    MismatchError.unlessEqual(
        () -> "cursor is null at the end", end == all.size(), page.nextCursor() == null);
    checkConnection(page, movements(all.subList(start, all.size())));
    older = movements(all.subList(end, all.size()));
    cursor = page.nextCursor();
    if (cursor == null) {
      checkCompleteness(all);
      return true;
    }
    last = page.items().get(page.items().size() - 1);
    return false;
  }

  private void checkConnection(HistoryResponse page, List<Movement> rest) {
    if (last == null) {
      MismatchError.unless(!page.changed(), () -> "the first page says changed");
      return;
    }
    long below = page.items().isEmpty() ? 0 : net(page.items().get(0));
    boolean connects = net(last) - last.credits() == below;
    MismatchError.unless(
        connects || page.changed(),
        () ->
            "balances of two pages do not connect, and changed is false: "
                + last
                + " then "
                + page.items());
    MismatchError.unless(
        !page.changed() || !rest.equals(older),
        () -> "changed is true, but nothing older has changed");
  }

  /**
   * Checks that no row of the start was repeated or is missing. A row that a void has removed from
   * the history may be missing.
   */
  private void checkCompleteness(List<HistoryRow> all) {
    Set<String> once = new HashSet<>();
    for (String id : seen) {
      MismatchError.unless(
          once.add(id) || !atStart.contains(id), () -> "a row was returned twice: " + id);
    }
    for (HistoryRow row : all) {
      MismatchError.unless(
          !atStart.contains(row.id()) || once.contains(row.id()),
          () -> "a row was never returned: " + row);
    }
  }

  private HistoryResponse rows(CreditQueries product, int rows, String from) {
    return product
        .history(workspaceId, new HistoryQuery(null, null, null, Set.of(), null, rows, from))
        .orElseThrow();
  }

  private static long net(HistoryRow row) {
    return row.balanceAfter() - row.overageAfter();
  }

  private static List<Movement> movements(List<HistoryRow> rows) {
    return rows.stream()
        .map(row -> new Movement(row.kind(), row.occurredAt(), row.credits()))
        .toList();
  }

  /** A row's change of the balance. */
  private record Movement(Kind kind, Instant at, long credits) {}
}
