package io.creditflow.audit;

import io.creditflow.audit.Finding.Kind;
import io.creditflow.histories.ResponseNormalizer;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.reference.ReferenceQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a workspace's whole history. New rows may arrive while it is read, so a retry reads only
 * the rows above those that already agreed. That is sufficient, because a row's balance includes
 * all rows below it: a change below changes the rows above, too.
 */
final class HistoryCheck implements AuditCheck {
  private static final HistoryQuery EVERYTHING =
      new HistoryQuery(null, null, null, Set.of(), null, 500, null);

  private final String workspaceId;
  private final RemoteQueries product;
  private int agreedRows;

  HistoryCheck(String workspaceId, RemoteQueries product) {
    this.workspaceId = workspaceId;
    this.product = product;
  }

  /** The reference calculator's rows, newest first. */
  static List<HistoryRow> expected(ReferenceQueries reference, String workspaceId) {
    return ResponseNormalizer.rows(reference.rows(workspaceId, EVERYTHING));
  }

  @Override
  public List<Finding> differences(ReferenceQueries reference) {
    List<HistoryRow> expected = expected(reference, workspaceId);
    if (agreedRows > 0) {
      int open = Math.max(1, expected.size() - agreedRows);
      List<HistoryRow> newest = ResponseNormalizer.rows(product.newestHistory(workspaceId, open));
      if (newest.equals(expected.subList(0, Math.min(newest.size(), expected.size())))) {
        return List.of();
      }
    }
    List<HistoryRow> actual = ResponseNormalizer.rows(product.history(workspaceId));
    if (actual.equals(expected)) {
      return List.of();
    }
    agreedRows = agreedRows(expected, actual);
    return differences(expected, actual);
  }

  private static int agreedRows(List<HistoryRow> expected, List<HistoryRow> actual) {
    int agreed = 0;
    while (agreed < Math.min(expected.size(), actual.size())
        && expected
            .get(expected.size() - 1 - agreed)
            .equals(actual.get(actual.size() - 1 - agreed))) {
      agreed++;
    }
    return agreed;
  }

  private static List<Finding> differences(List<HistoryRow> expected, List<HistoryRow> actual) {
    List<Finding> differences = new ArrayList<>();
    Map<Object, Integer> missing = new LinkedHashMap<>();
    expected.forEach(row -> missing.merge(facts(row), 1, Integer::sum));
    actual.forEach(row -> missing.merge(facts(row), -1, Integer::sum));
    missing.forEach(
        (row, count) -> {
          if (count != 0) {
            Kind kind = count > 0 ? Kind.LOST : Kind.DOUBLE;
            String what = count > 0 ? "history lacks " : "history has surplus ";
            differences.add(new Finding(kind, what + Math.abs(count) + " x " + row));
          }
        });
    int index = 0;
    while (index < Math.min(expected.size(), actual.size())
        && expected.get(index).equals(actual.get(index))) {
      index++;
    }
    differences.add(
        Finding.differs(
            "history row " + index + " of " + expected.size(),
            index < expected.size() ? expected.get(index) : "none",
            index < actual.size() ? actual.get(index) : "none"));
    return differences;
  }

  /** The fields of a row that follow from its own event, without balances. */
  private static Object facts(HistoryRow row) {
    return Arrays.asList(
        row.kind(),
        row.occurredAt(),
        row.campaignId(),
        row.leadId(),
        row.grantId(),
        row.reversed(),
        row.reversedEventId());
  }
}
