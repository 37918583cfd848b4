package io.creditflow.posting;

import io.creditflow.event.Origin;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A reversal that arrived before its event.
 *
 * @param deadline when it is given up as UNMATCHED, milliseconds since 1970
 * @param origin its bytes, in case it must be rejected in the end
 */
record WaitingReversal(
    long deadline, String workspaceId, String targetId, ReversalRow reversal, Origin origin) {

  byte[] key() {
    return key(deadline, workspaceId, reversal.eventId());
  }

  private static byte[] key(long deadline, String workspaceId, String eventId) {
    return Key.of(Table.WAITING).int64(deadline).text(workspaceId).text(eventId).bytes();
  }

  /** Where the keys of those stand that wait for an event. */
  static Key target(String workspaceId, String targetId) {
    return Key.of(Table.WAITING_FOR, workspaceId).text(targetId);
  }

  byte[] targetKey() {
    return target(workspaceId, targetId).int64(deadline).text(reversal.eventId()).bytes();
  }

  /** The key of the reversal that a row under its target's key stands for. */
  static byte[] keyOf(State.Row targetRow) {
    Key.Parts parts = Key.parts(targetRow.key());
    String workspaceId = parts.text();
    parts.text();
    return key(parts.int64(), workspaceId, parts.text());
  }

  /** Its place alone. */
  WaitingReversal withoutBytes() {
    return new WaitingReversal(
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
    for (Origin.Header header : origin.headers()) {
      writer.text(header.name()).blob(header.value());
    }
    return writer.bytes();
  }

  static WaitingReversal decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new WaitingReversal(
        reader.int64(),
        reader.text(),
        reader.text(),
        new ReversalRow(reader.text(), reader.int64(), reader.fixed32(), reader.text()),
        new Origin(
            reader.text(),
            (int) reader.int64(),
            reader.int64(),
            reader.int64(),
            reader.blob(),
            reader.blob(),
            headers(reader)));
  }

  private static List<Origin.Header> headers(RowReader reader) {
    int count = (int) reader.int64();
    List<Origin.Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new Origin.Header(reader.text(), reader.blob()));
    }
    return headers;
  }
}
