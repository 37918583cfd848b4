package io.creditflow.view;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertRow;
import io.creditflow.answer.AlertItem;
import io.creditflow.answer.Page;
import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Alerts of a workspace, newest first. */
final class AlertsView {
  private AlertsView() {}

  static Page<AlertItem> page(State state, String workspaceId, int limit, String cursor) {
    byte[] from = Key.of(Table.ALERT, workspaceId).bytes();
    byte[] to = cursor == null ? Key.after(from) : resume(workspaceId, cursor);
    List<AlertItem> items = new ArrayList<>();
    Alert last = null;
    try (State.Rows rows = state.descend(from, to)) {
      while (rows.hasNext() && items.size() < limit) {
        last = AlertRow.decode(workspaceId, rows.next().value());
        items.add(item(last));
      }
      return new Page<>(items, rows.hasNext() ? cursor(last) : null);
    }
  }

  private static AlertItem item(Alert alert) {
    return new AlertItem(
        alert.alertId(),
        alert.workspaceId(),
        alert.campaignId(),
        alert.kind().name(),
        alert.level().name(),
        alert.threshold(),
        alert.value(),
        alert.message(),
        alert.occurredAt());
  }

  private static String cursor(Alert last) {
    return Cursor.write(
        'a', new RowWriter().int64(last.occurredAt().toEpochMilli()).text(last.alertId()));
  }

  private static byte[] resume(String workspaceId, String cursor) {
    return Cursor.read(
        'a',
        cursor,
        parts ->
            AlertRow.from(workspaceId, parts.int64())
                .text(Objects.requireNonNull(parts.text()))
                .bytes());
  }
}
