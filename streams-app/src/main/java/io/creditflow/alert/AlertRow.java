package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored alert. Its row is found by workspace and position; a second row finds it by its id.
 *
 * @param place the position among the workspace's alerts
 */
public record AlertRow(Position place, CreditAlert alert) {
  private static final AlertKind[] KINDS = AlertKind.values();
  private static final AlertLevel[] LEVELS = AlertLevel.values();

  /**
   * The position of an alert among the alerts of its workspace. Alerts are ordered by time, and
   * alerts of the same time by the order in which they were raised.
   *
   * @param at when the alert occurred, milliseconds since 1970
   * @param flush the number of the flush that raised the alert
   * @param number the index of the alert among the alerts of that flush
   */
  public record Position(long at, long flush, int number) {
    /** Oldest first. */
    public static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::at)
            .thenComparingLong(Position::flush)
            .thenComparingInt(Position::number);

    /** Appends the position, for example to a cursor. {@link #read} reads it. */
    public RowWriter write(RowWriter parts) {
      return parts.int64(at).int64(flush).int64(number);
    }

    public static Position read(RowReader parts) {
      return new Position(parts.int64(), parts.int64(), (int) parts.int64());
    }
  }

  /** The key of the alert at a position. */
  public static RowKey key(String workspaceId, Position place) {
    return RowKey.of(Table.ALERT, workspaceId)
        .int64(place.at())
        .int64(place.flush())
        .int32(place.number());
  }

  private static byte[] idKey(String workspaceId, String alertId) {
    return RowKey.of(Table.ALERT_ID, workspaceId).text(alertId).bytes();
  }

  /** The rows to write: the alert, and a row that maps its id to its key. */
  public List<RowStore.Row> encode(RowWriter writer) {
    byte[] key = key(alert.getWorkspaceId(), place).bytes();
    writer
        .clear()
        .text(alert.getAlertId())
        .text(alert.getCampaignId())
        .text(alert.getGrantId())
        .int8(alert.getKind().ordinal())
        .int8(alert.getLevel().ordinal())
        .int64(Double.doubleToLongBits(alert.getThreshold()))
        .int8(alert.getValue() == null ? 0 : 1)
        .int64(alert.getValue() == null ? 0 : Double.doubleToLongBits(alert.getValue()))
        .text(alert.getMessage());
    return List.of(
        new RowStore.Row(key, writer.bytes()),
        new RowStore.Row(idKey(alert.getWorkspaceId(), alert.getAlertId()), key));
  }

  public static AlertRow decode(RowStore.Row row) {
    RowKey.Parser key = RowKey.parts(row.key());
    String workspaceId = key.text();
    Position place = new Position(key.int64(), key.int64(), key.int32());
    RowReader reader = new RowReader(row.storedValue());
    return new AlertRow(
        place,
        new CreditAlert(
            reader.requiredText(),
            workspaceId,
            reader.text(),
            reader.text(),
            KINDS[reader.int8()],
            LEVELS[reader.int8()],
            Double.longBitsToDouble(reader.int64()),
            value(reader.int8() == 1, reader.int64()),
            reader.requiredText(),
            Instant.ofEpochMilli(place.at())));
  }

  private static @Nullable Double value(boolean isPresent, long bits) {
    return isPresent ? (Double) Double.longBitsToDouble(bits) : null;
  }

  /** The alert with the id; null if it was not raised. */
  public static @Nullable AlertRow find(RowStore state, String workspaceId, String alertId) {
    byte[] key = state.get(idKey(workspaceId, alertId));
    return key == null ? null : decode(new RowStore.Row(key, state.get(key)));
  }
}
