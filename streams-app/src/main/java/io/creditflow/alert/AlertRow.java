package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.time.Instant;

/** An alert as it is kept: by workspace, in the order of the instants it is about. */
public final class AlertRow {
  private static final AlertKind[] KINDS = AlertKind.values();
  private static final AlertLevel[] LEVELS = AlertLevel.values();

  private AlertRow() {}

  /** The first key of alerts at the instant or after. */
  public static Key from(String workspaceId, long millis) {
    return Key.of(Table.ALERT, workspaceId).int64(millis);
  }

  public static State.Row encode(Alert alert, RowWriter writer) {
    writer
        .clear()
        .text(alert.alertId())
        .text(alert.campaignId())
        .int8(alert.kind().ordinal())
        .int8(alert.level().ordinal())
        .int64(Double.doubleToLongBits(alert.threshold()))
        .int64(Double.doubleToLongBits(alert.value()))
        .text(alert.message())
        .int64(alert.occurredAt().toEpochMilli());
    byte[] key =
        from(alert.workspaceId(), alert.occurredAt().toEpochMilli()).text(alert.alertId()).bytes();
    return new State.Row(key, writer.bytes());
  }

  public static Alert decode(String workspaceId, byte[] row) {
    RowReader reader = new RowReader(row);
    return new Alert(
        reader.text(),
        workspaceId,
        reader.text(),
        KINDS[reader.int8()],
        LEVELS[reader.int8()],
        Double.longBitsToDouble(reader.int64()),
        Double.longBitsToDouble(reader.int64()),
        reader.text(),
        Instant.ofEpochMilli(reader.int64()));
  }
}
