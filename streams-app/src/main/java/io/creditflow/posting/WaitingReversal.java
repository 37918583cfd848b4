package io.creditflow.posting;

import io.creditflow.event.Origin;
import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;

/**
 * A reversal that arrived before its event.
 *
 * @param deadline when it is given up as UNMATCHED, milliseconds since 1970
 * @param origin its bytes, in case it must be rejected in the end
 */
record WaitingReversal(
    long deadline, String workspaceId, String targetId, ReversalRow reversal, Origin origin) {

  byte[] key() {
    return Key.of(Table.WAITING).int64(deadline).text(workspaceId).text(reversal.eventId()).bytes();
  }

  byte[] encode(RowWriter writer) {
    return writer
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
        .bytes();
  }

  static WaitingReversal decode(State.Row row) {
    RowReader reader = new RowReader(row.value());
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
            reader.blob()));
  }
}
