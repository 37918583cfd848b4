package io.creditflow.view;

import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Position;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.query.AlertItem;
import io.creditflow.query.AlertsQuery;
import io.creditflow.query.Page;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.view.AlertsInForce.Rank;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a page of a workspace's alerts: all raised alerts, newest first, or the alerts in force,
 * most severe first.
 */
final class AlertsView {
  private static final AlertLevel[] LEVELS = AlertLevel.values();

  private final RowStore state;
  private final String workspaceId;
  private final AlertsInForce inForce;

  AlertsView(WorkspaceSnapshot workspace) {
    state = workspace.state();
    workspaceId = workspace.id();
    inForce = new AlertsInForce(workspace);
  }

  Page<AlertItem> page(AlertsQuery query) {
    return Boolean.TRUE.equals(query.inForce()) ? inForce(query) : raised(query);
  }

  private Page<AlertItem> raised(AlertsQuery query) {
    byte[] from = RowKey.of(Table.ALERT, workspaceId).bytes();
    byte[] to = query.cursor() == null ? RowKey.after(from) : before(query.cursor());
    List<AlertItem> items = new ArrayList<>();
    Position last = null;
    try (RowStore.RowIterator rows = state.descend(from, to)) {
      while (rows.hasNext() && items.size() < query.limit()) {
        AlertRow row = AlertRow.decode(rows.next());
        boolean isInForce = inForce.isInForce(row.alert());
        if (query.inForce() == null || query.inForce() == isInForce) {
          items.add(item(row.alert(), isInForce));
        }
        last = row.place();
      }
      return new Page<>(
          items, rows.hasNext() ? PageCursor.write('a', last.write(new RowWriter())) : null);
    }
  }

  private byte[] before(String cursor) {
    return PageCursor.read(
        'a', cursor, parts -> AlertRow.key(workspaceId, Position.read(parts)).bytes());
  }

  private Page<AlertItem> inForce(AlertsQuery query) {
    Rank after = query.cursor() == null ? null : after(query.cursor());
    List<AlertRow> rows =
        inForce.mostSevere().stream()
            .filter(row -> after == null || Rank.ORDER.compare(Rank.of(row), after) > 0)
            .toList();
    List<AlertRow> page = rows.subList(0, Math.min(rows.size(), query.limit()));
    return new Page<>(
        page.stream().map(row -> item(row.alert(), true)).toList(),
        page.size() == rows.size() ? null : cursor(Rank.of(page.get(page.size() - 1))));
  }

  private static String cursor(Rank last) {
    RowWriter parts = new RowWriter().int8(last.isOfCampaign() ? 1 : 0);
    return PageCursor.write('i', last.place().write(parts.int8(last.level().ordinal())));
  }

  private static Rank after(String cursor) {
    return PageCursor.read(
        'i',
        cursor,
        parts -> new Rank(parts.int8() == 1, LEVELS[parts.int8()], Position.read(parts)));
  }

  private static AlertItem item(CreditAlert alert, boolean isInForce) {
    return new AlertItem(
        alert.getAlertId(),
        alert.getWorkspaceId(),
        alert.getCampaignId(),
        alert.getGrantId(),
        alert.getKind().name(),
        alert.getLevel().name(),
        alert.getThreshold(),
        alert.getValue(),
        alert.getMessage(),
        alert.getOccurredAt(),
        isInForce);
  }
}
