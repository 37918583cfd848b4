package io.creditflow.engine;

import io.creditflow.event.SourceRecord;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A reversal that arrived before the usage event that it reverses.
 *
 * @param deadline when the reversal is rejected as UNMATCHED, milliseconds since 1970
 * @param targetId the id of the event that it reverses
 * @param origin the record of the reversal, needed if the reversal is rejected
 */
record PendingReversal(
    long deadline, String workspaceId, String targetId, ReversalRow reversal, SourceRecord origin) {

  /** The key of its row, ordered by deadline. */
  byte[] key() {
    return key(deadline, workspaceId, reversal.eventId());
  }

  private static byte[] key(long deadline, String workspaceId, String eventId) {
    return RowKey.of(Table.PENDING_REVERSAL)
        .int64(deadline)
        .text(workspaceId)
        .text(eventId)
        .bytes();
  }

  /** The key prefix of the rows that list the pending reversals of one event. */
  static RowKey target(String workspaceId, String targetId) {
    return RowKey.of(Table.PENDING_REVERSAL_TARGET, workspaceId).text(targetId);
  }

  /** The key of its row under {@link #target}. */
  byte[] targetKey() {
    return target(workspaceId, targetId).int64(deadline).text(reversal.eventId()).bytes();
  }

  /** The key of the reversal to which a row under {@link #target} refers. */
  static byte[] keyOf(RowStore.Row targetRow) {
    RowKey.Parser parts = RowKey.parts(targetRow.key());
    String workspaceId = parts.text();
    parts.text();
    return key(parts.int64(), workspaceId, parts.text());
  }

  /** A copy with only the fields that are part of the keys of its rows. */
  PendingReversal withKeysOnly() {
    return new PendingReversal(
        deadline, workspaceId, targetId, new ReversalRow(reversal.eventId(), 0, 0, null), null);
  }

  byte[] encode(RowWriter writer) {
    writer
        .clear()
        .int64(deadline)
        .text(workspaceId)
        .text(targetId)
        .text(reversal.eventId())
        .int64(reversal.occurredAt())
        .fixed32(reversal.fingerprint())
        .text(reversal.reason())
        .text(origin.topic())
        .int64(origin.partition())
        .int64(origin.offset())
        .int64(origin.appendedAt())
        .blob(origin.key())
        .blob(origin.value())
        .int64(origin.headers().size());
    for (SourceRecord.Header header : origin.headers()) {
      writer.text(header.name()).blob(header.value());
    }
    return writer.bytes();
  }

  static PendingReversal decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new PendingReversal(
        reader.int64(),
        reader.text(),
        reader.text(),
        new ReversalRow(reader.text(), reader.int64(), reader.fixed32(), reader.text()),
        new SourceRecord(
            reader.text(),
            (int) reader.int64(),
            reader.int64(),
            reader.int64(),
            reader.blob(),
            reader.blob(),
            headers(reader)));
  }

  private static List<SourceRecord.Header> headers(RowReader reader) {
    int count = (int) reader.int64();
    List<SourceRecord.Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new SourceRecord.Header(reader.text(), reader.blob()));
    }
    return headers;
  }
}
