package io.creditflow.posting;

import io.creditflow.event.Utf8Order;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/** Of the reversals of an event the earliest one, which supplies the row in history. */
record ReversalRow(String eventId, long occurredAt, int fingerprint, String reason) {
  boolean isEarlierThan(ReversalRow other) {
    return other == null
        || occurredAt < other.occurredAt
        || (occurredAt == other.occurredAt
            && Utf8Order.INSTANCE.compare(eventId, other.eventId) < 0);
  }

  byte[] encode(RowWriter writer) {
    return writer.clear().text(eventId).int64(occurredAt).fixed32(fingerprint).text(reason).bytes();
  }

  static ReversalRow decode(byte[] row) {
    if (row == null) {
      return null;
    }
    RowReader reader = new RowReader(row);
    return new ReversalRow(reader.text(), reader.int64(), reader.fixed32(), reader.text());
  }
}
