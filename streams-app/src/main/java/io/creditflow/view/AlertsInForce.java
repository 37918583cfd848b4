package io.creditflow.view;

import io.creditflow.alert.AlertMeasure;
import io.creditflow.alert.AlertMeasure.ThresholdState;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Position;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.AlertSubject;
import io.creditflow.alert.ExpiringGrant;
import io.creditflow.alert.QuotaUsage;
import io.creditflow.alert.RemainingBalance;
import io.creditflow.alert.SpikeState;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.grant.BurnDown;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

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
  record Rank(boolean isOfCampaign, AlertLevel level, Position place) {
    static final Comparator<Rank> ORDER =
        Comparator.comparing(Rank::isOfCampaign)
            .thenComparing(Rank::level, Comparator.reverseOrder())
            .thenComparing(Rank::place, Position.ORDER.reversed());

    static Rank of(AlertRow row) {
      return new Rank(row.alert().getCampaignId() != null, row.alert().getLevel(), row.place());
    }
  }

  private final WorkspaceSnapshot workspace;
  private final RowStore state;
  private final long minute;
  private final BurnDown burnDown;

  AlertsInForce(WorkspaceSnapshot workspace) {
    this.workspace = workspace;
    state = workspace.state();
    minute = PartitionView.lastFullMinute(workspace.now());
    burnDown = workspace.balance().present(minute);
  }

  /** Whether an alert is in force. */
  boolean isInForce(CreditAlert alert) {
    AlertSubject subject = AlertSubject.of(alert);
    byte[] row = state.get(subject.stateKey());
    return row != null
        && alert.getLevel() != AlertLevel.RECOVERED
        && idsInForce(subject, row).contains(alert.getAlertId());
  }

  /**
   * The most severe alert in force of each kind and subject, with its current value and message, in
   * the order of {@link Rank}.
   */
  List<AlertRow> mostSevere() {
    List<AlertRow> rows = new ArrayList<>();
    try (RowStore.RowIterator states =
        state.within(RowKey.of(Table.ALERT_STATE, workspace.id()).bytes())) {
      while (states.hasNext()) {
        RowStore.Row row = states.next();
        AlertSubject subject = AlertSubject.ofStateKey(row.key());
        idsInForce(subject, row.value()).stream()
            .map(alertId -> AlertRow.find(state, workspace.id(), alertId))
            .filter(Objects::nonNull)
            .max(Comparator.comparing(found -> found.alert().getLevel()))
            .map(found -> current(found, measure(subject)))
            .ifPresent(rows::add);
      }
    }
    rows.sort(Comparator.comparing(Rank::of, Rank.ORDER));
    return rows;
  }

  /** The ids of the alerts that are in force if they were raised: their thresholds are reached. */
  private List<String> idsInForce(AlertSubject subject, byte[] row) {
    if (subject.kind() == AlertKind.SPIKE) {
      SpikeState spike = SpikeState.decode(row);
      return spike.open()
          ? List.of(subject.spikeId(AlertLevel.WARNING, spike.openSinceHour()))
          : List.of();
    }
    AlertMeasure measure = measure(subject);
    AlertState crossings = AlertState.decode(row);
    return crossings.times().keySet().stream()
        .filter(crossings::fired)
        .filter(
            threshold -> measure != null && measure.evaluate(threshold) == ThresholdState.REACHED)
        .map(threshold -> subject.alertId(threshold, crossings.times(threshold)))
        .toList();
  }

  /**
   * The current measure of a subject; null for a grant that is not about to expire any more, and
   * for a spike, whose alert is about one hour and never changes.
   */
  private AlertMeasure measure(AlertSubject subject) {
    String workspaceId = workspace.id();
    String id = subject.id();
    return switch (subject.kind()) {
      case QUOTA -> QuotaUsage.of(workspaceId, id, workspace.campaigns().get(id));
      case LOW_BALANCE -> RemainingBalance.of(workspaceId, workspace.usage(), burnDown);
      case EXPIRY ->
          ExpiringGrant.of(workspaceId, burnDown.account(id), workspace.row().zone(), minute);
      case SPIKE -> null;
    };
  }

  /** The alert with its current value and message. */
  private static AlertRow current(AlertRow row, AlertMeasure measure) {
    CreditAlert alert = row.alert();
    return measure == null
        ? row
        : new AlertRow(
            row.place(),
            measure.alert(
                alert.getAlertId(), alert.getLevel(), alert.getThreshold(), alert.getOccurredAt()));
  }
}
