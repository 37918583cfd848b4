package io.creditflow.dedup;

import io.creditflow.event.EventKind;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import org.jspecify.annotations.Nullable;

/**
 * The row of a processed event id, with the outcome of the event. Usage and e-mails have no such
 * row.
 *
 * @param subject the id of the reversed event, the grant or the campaign; null for a workspace
 * @param waitsUntil the deadline of a pending reversal, milliseconds since 1970; else 0
 * @param rejectedFor why a pending reversal was rejected, which freed its id for another event;
 *     else null
 */
public record ProcessedIdRow(
    EventKind kind,
    long occurredAt,
    int fingerprint,
    @Nullable String subject,
    long waitsUntil,
    @Nullable String rejectedFor) {
  private static final EventKind[] KINDS = EventKind.values();

  /** Whether the id is still used, so that no other event may have it. */
  public boolean holdsItsId() {
    return rejectedFor == null;
  }

  public static RowKey key(String workspaceId, String eventId) {
    return RowKey.of(Table.PROCESSED_ID, workspaceId).text(eventId);
  }

  /** Reads the row of an id; null if there is none. */
  public static @Nullable ProcessedIdRow read(RowStore state, String workspaceId, String eventId) {
    byte[] row = state.get(key(workspaceId, eventId).bytes());
    return row == null ? null : decode(row);
  }

  public byte[] encode(RowWriter writer) {
    return writer
        .clear()
        .int8(kind.ordinal())
        .int64(occurredAt)
        .fixed32(fingerprint)
        .text(subject)
        .int64(waitsUntil)
        .text(rejectedFor)
        .bytes();
  }

  /** Reads a row written by {@link #encode}. */
  public static ProcessedIdRow decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new ProcessedIdRow(
        KINDS[reader.int8()],
        reader.int64(),
        reader.fixed32(),
        reader.text(),
        reader.int64(),
        reader.text());
  }
}
