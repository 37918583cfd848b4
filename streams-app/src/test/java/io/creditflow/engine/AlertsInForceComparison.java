package io.creditflow.engine;

import io.creditflow.alert.AlertSubject;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.query.AlertItem;
import io.creditflow.query.AlertsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.Page;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.ReferenceAlerts;
import io.creditflow.reference.ReferenceAlerts.Due;
import io.creditflow.reference.ReferenceCalculator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lists of alerts, as answered, against what the reference calculator says of all that was
 * raised.
 */
final class AlertsInForceComparison {
  /** Of the workspace itself first, then the most severe, then the newest. */
  private static final Comparator<AlertItem> IN_FORCE_ORDER =
      Comparator.comparing((AlertItem item) -> item.campaignId() != null)
          .thenComparing(item -> AlertLevel.valueOf(item.level()), Comparator.reverseOrder())
          .thenComparing(AlertItem::occurredAt, Comparator.reverseOrder());

  private final ReferenceAlerts reference;
  private final ReferenceCalculator counted;
  private final Consumer<String> seen;
  private final Map<String, Raised> raised = new LinkedHashMap<>();
  private int judgements;

  /**
   * An alert that was raised.
   *
   * @param evaluation counts the judgements
   * @param turn among all that were raised; of one judgement it tells those of one subject apart
   */
  private record Raised(Due due, int evaluation, int turn) {}

  AlertsInForceComparison(
      ReferenceAlerts reference, ReferenceCalculator counted, Consumer<String> seen) {
    this.reference = reference;
    this.counted = counted;
    this.seen = seen;
  }

  static String id(Due due) {
    return new AlertSubject(due.workspaceId(), due.kind(), due.subject())
        .alertId(due.threshold(), due.arming());
  }

  /** Takes note of what one judgement raised, in the order of raising for each subject. */
  void raised(List<Due> due) {
    judgements++;
    due.forEach(one -> raised.put(id(one), new Raised(one, judgements, raised.size())));
  }

  /** Throws {@link AssertionError} where they disagree. */
  void at(Instant now, CreditQueries answers, int limit) {
    Map<Due, Double> inForce = reference.inForce(counted, now.truncatedTo(ChronoUnit.MINUTES));
    for (WorkspaceItem workspace : answers.workspaces(null, 500).items()) {
      String id = workspace.workspaceId();
      List<AlertItem> all = walk(answers, id, null, limit);
      same(now + " all", all(id, inForce), lines(all));
      newestFirst(now, all);
      same(
          now + " not in force",
          all.stream().filter(item -> !item.inForce()).toList(),
          walk(answers, id, false, limit));
      List<AlertItem> present = walk(answers, id, true, limit);
      same(now + " in force", mostSevere(id, inForce), lines(present));
      same(now + " in order", present.stream().sorted(IN_FORCE_ORDER).toList(), present);
    }
    inForce.keySet().forEach(due -> seen.accept(due.kind() + " in force"));
    if (inForce.values().stream().anyMatch(value -> value == null)) {
      seen.accept("QUOTA of 0 in force");
    }
  }

  /** Spikes have a test of their own. */
  private static List<AlertItem> walk(
      CreditQueries answers, String workspaceId, Boolean inForce, int limit) {
    List<AlertItem> items = new ArrayList<>();
    String cursor = null;
    do {
      Page<AlertItem> page =
          answers.alerts(workspaceId, new AlertsQuery(inForce, limit, cursor)).orElseThrow();
      items.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    items.removeIf(item -> item.kind().equals(AlertKind.SPIKE.name()));
    return items;
  }

  private List<String> all(String workspaceId, Map<Due, Double> inForce) {
    return raised.values().stream()
        .map(Raised::due)
        .filter(due -> due.workspaceId().equals(workspaceId))
        .map(due -> line(due, due.value(), inForce.containsKey(due)))
        .sorted()
        .toList();
  }

  private static List<String> mostSevere(String workspaceId, Map<Due, Double> inForce) {
    Map<List<Object>, Due> bySubject = new HashMap<>();
    for (Due due : inForce.keySet()) {
      if (due.workspaceId().equals(workspaceId)) {
        bySubject.merge(
            List.of(due.kind(), due.subject()),
            due,
            (one, other) -> one.level().compareTo(other.level()) > 0 ? one : other);
      }
    }
    return bySubject.values().stream()
        .map(due -> line(due, inForce.get(due), true))
        .sorted()
        .toList();
  }

  private void newestFirst(Instant now, List<AlertItem> items) {
    for (int i = 1; i < items.size(); i++) {
      Raised newer = raised.get(items.get(i - 1).alertId());
      Raised older = raised.get(items.get(i).alertId());
      int byTime = newer.due.crossedAt().compareTo(older.due.crossedAt());
      int order = byTime != 0 ? byTime : newer.evaluation - older.evaluation;
      boolean sameSubject =
          newer.due.kind() == older.due.kind() && newer.due.subject().equals(older.due.subject());
      if (order < 0 || (order == 0 && sameSubject && newer.turn < older.turn)) {
        throw new AssertionError(now + ": " + older + " is listed after " + newer);
      }
    }
  }

  private static String line(Due due, Double value, boolean inForce) {
    return line(
        id(due),
        due.workspaceId(),
        due.campaignId(),
        due.grantId(),
        due.kind(),
        due.level(),
        due.threshold(),
        value,
        due.crossedAt(),
        inForce);
  }

  private static List<String> lines(List<AlertItem> items) {
    return items.stream()
        .map(
            item ->
                line(
                    item.alertId(),
                    item.workspaceId(),
                    item.campaignId(),
                    item.grantId(),
                    item.kind(),
                    item.level(),
                    item.threshold(),
                    item.value(),
                    item.occurredAt(),
                    item.inForce()))
        .sorted()
        .toList();
  }

  private static String line(Object... parts) {
    return Arrays.toString(parts);
  }

  private static void same(String what, List<?> expected, List<?> found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          "%s: alerts expected and found:%n  %s%n  %s".formatted(what, expected, found));
    }
  }
}
