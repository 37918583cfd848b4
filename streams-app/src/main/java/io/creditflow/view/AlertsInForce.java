package io.creditflow.view;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertMeasure;
import io.creditflow.alert.AlertMeasures;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Position;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.ExpiringGrant;
import io.creditflow.alert.SpikeState;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the alerts of a workspace that are in force, as of the last full minute (contract section
 * 4, alerts). An alert is in force if it belongs to the last crossing of its threshold and the
 * threshold is reached now. The stored {@link AlertState} identifies the last crossing; the current
 * measure shows whether the threshold is reached.
 */
final class AlertsInForce {
  /**
   * The sort key of alerts in force: alerts of the workspace before alerts of campaigns, then the
   * most severe first, then the newest first.
   */
  record Rank(boolean isOfCampaign, AlertLevel level, Position place) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
        Comparator.comparing(Rank::isOfCampaign)
            .thenComparing(Rank::level, Comparator.reverseOrder())
            .thenComparing(Rank::place, Comparator.reverseOrder());

    static Rank of(AlertRow row) {
      return new Rank(row.alert().campaignId() != null, row.alert().level(), row.place());
    }

    @Override
    public int compareTo(Rank other) {
      return ORDER.compare(this, other);
    }
  }

  private record Subject(AlertKind kind, String id) {}

  private final RowStore state;
  private final String workspaceId;
  private final AlertMeasures measures;
  private final Map<String, ExpiringGrant> expiringGrants;
  private final Map<Subject, AlertMeasure> measured = new HashMap<>();

  AlertsInForce(WorkspaceSnapshot workspace) {
    state = workspace.state();
    workspaceId = workspace.id();
    measures =
        new AlertMeasures(
            state,
            workspaceId,
            workspace.row(),
            workspace.usage(),
            PartitionView.lastFullMinute(workspace.now()));
    expiringGrants =
        measures.expiries().stream()
            .collect(Collectors.toMap(ExpiringGrant::grantId, Function.identity()));
  }

  /** Whether an alert is in force. */
  boolean isInForce(Alert alert) {
    byte[] row = state.get(AlertState.key(workspaceId, alert.kind(), alert.subject()));
    if (row == null || alert.level() == AlertLevel.RECOVERED) {
      return false;
    }
    return inForce(new Subject(alert.kind(), alert.subject()), row).stream()
        .anyMatch(inForce -> inForce.alertId.equals(alert.alertId()));
  }

  /**
   * The most severe alert in force of each kind and subject, with its current value and message, in
   * the order of {@link Rank}.
   */
  List<AlertRow> mostSevere() {
    List<AlertRow> rows = new ArrayList<>();
    try (RowStore.RowIterator states =
        state.within(RowKey.of(Table.ALERT_STATE, workspaceId).bytes())) {
      while (states.hasNext()) {
        RowStore.Row row = states.next();
        RowKey.Parser key = RowKey.parts(row.key());
        key.text();
        Subject subject = new Subject(AlertKind.valueOf(key.text()), key.text());
        inForce(subject, row.value()).stream()
            .map(this::current)
            .filter(Objects::nonNull)
            .max(Comparator.comparing(current -> current.alert().level()))
            .ifPresent(rows::add);
      }
    }
    rows.sort(Comparator.comparing(Rank::of));
    return rows;
  }

  /**
   * The id of an alert that is in force if it was raised: its threshold is reached.
   *
   * @param measure the current measure; null for a spike, whose alert is about one hour and never
   *     changes
   */
  private record InForceAlert(String alertId, AlertMeasure measure) {}

  private List<InForceAlert> inForce(Subject subject, byte[] row) {
    if (subject.kind == AlertKind.SPIKE) {
      SpikeState spike = SpikeState.decode(row);
      return spike.open()
          ? List.of(
              new InForceAlert(
                  Alert.spikeId(workspaceId, subject.id, AlertLevel.WARNING, spike.openSinceHour()),
                  null))
          : List.of();
    }
    AlertMeasure measure = measured.computeIfAbsent(subject, this::measure);
    List<InForceAlert> alerts = new ArrayList<>();
    for (AlertState.Crossed crossed : AlertState.decode(row).thresholds()) {
      double threshold = crossed.threshold();
      if (crossed.isFired()
          && measure != null
          && measure.evaluate(threshold) == AlertMeasure.ThresholdState.REACHED) {
        alerts.add(
            new InForceAlert(
                Alert.id(workspaceId, subject.kind, subject.id, threshold, crossed.times()),
                measure));
      }
    }
    return alerts;
  }

  /** The current measure of a subject; null if the subject does not exist any more. */
  private AlertMeasure measure(Subject subject) {
    return switch (subject.kind) {
      case QUOTA -> measures.quota(subject.id);
      case LOW_BALANCE -> measures.balance();
      case EXPIRY -> expiringGrants.get(subject.id);
      case SPIKE -> throw new IllegalArgumentException("a spike is not measured");
    };
  }

  /** The alert with its current value and message; null if it was not raised. */
  private AlertRow current(InForceAlert inForce) {
    AlertRow row = AlertRow.find(state, workspaceId, inForce.alertId);
    return row == null || inForce.measure == null
        ? row
        : new AlertRow(row.place(), row.alert().measured(inForce.measure));
  }
}
