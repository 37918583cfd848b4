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
 * A workspace's whole history. A walk takes its time, and rows arrive on top meanwhile; so once it
 * agreed from its oldest row up to some row, only what lies above is asked for again. A row's
 * balance sums up everything below it, so a change down there shows above, too.
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

  /** What the reference calculator says, newest first. */
  static List<HistoryRow> expected(ReferenceQueries reference, String workspaceId) {
    return ResponseNormalizer.rows(reference.rows(workspaceId, EVERYTHING));
  }

  @Override
  public List<Finding> ask(ReferenceQueries reference) {
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
            String what = count > 0 ? "history lacks " : "history has too much ";
            differences.add(new Finding(kind, what + Math.abs(count) + " x " + row));
          }
        });
    int place = 0;
    while (place < Math.min(expected.size(), actual.size())
        && expected.get(place).equals(actual.get(place))) {
      place++;
    }
    differences.add(
        Finding.differs(
            "history row " + place + " of " + expected.size(),
            place < expected.size() ? expected.get(place) : "none",
            place < actual.size() ? actual.get(place) : "none"));
    return differences;
  }

  /** What a row says of itself, without what others do to it. */
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
