package io.creditflow.dedup;

import io.creditflow.event.EventKind;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import org.jspecify.annotations.Nullable;

/**
 * A remembered id that is neither usage nor e-mail, and what became of its event.
 *
 * @param subject a reversal's event, a grant or a campaign; null for a workspace
 * @param waitsUntil while a reversal waits for its event, milliseconds since 1970; else 0
 * @param rejectedFor why a reversal that waited was rejected in the end, its id free again; else
 *     null
 */
public record ProcessedIdRow(
    EventKind kind,
    long occurredAt,
    int fingerprint,
    @Nullable String subject,
    long waitsUntil,
    @Nullable String rejectedFor) {
  private static final EventKind[] KINDS = EventKind.values();

  /** Whether no other event may have the id. */
  public boolean holdsItsId() {
    return rejectedFor == null;
  }

  public static RowKey key(String workspaceId, String eventId) {
    return RowKey.of(Table.PROCESSED_ID, workspaceId).text(eventId);
  }

  /** What is stored of an id; null if nothing is. */
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
