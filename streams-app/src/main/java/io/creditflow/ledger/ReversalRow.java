package io.creditflow.ledger;

import io.creditflow.event.Utf8Order;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import org.jspecify.annotations.Nullable;

/**
 * The earliest reversal of a usage event (by event time, then by event id). The history shows this
 * reversal only.
 *
 * @param eventId the id of the reversal
 */
public record ReversalRow(
    String eventId, long occurredAt, int fingerprint, @Nullable String reason) {
  public boolean isEarlierThan(@Nullable ReversalRow other) {
    return other == null
        || occurredAt < other.occurredAt
        || (occurredAt == other.occurredAt
            && Utf8Order.INSTANCE.compare(eventId, other.eventId) < 0);
  }

  public byte[] encode(RowWriter writer) {
    return writer.clear().text(eventId).int64(occurredAt).fixed32(fingerprint).text(reason).bytes();
  }

  /** The reversal that is stored for a usage event; null if none is stored. */
  public static @Nullable ReversalRow read(
      RowStore state, String workspaceId, String usageEventId) {
    return decode(state.get(RowKey.of(Table.REVERSAL, workspaceId).text(usageEventId).bytes()));
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @param row null reads as null
   */
  public static @Nullable ReversalRow decode(byte @Nullable [] row) {
    if (row == null) {
      return null;
    }
    RowReader reader = new RowReader(row);
    return new ReversalRow(reader.requiredText(), reader.int64(), reader.fixed32(), reader.text());
  }
}
