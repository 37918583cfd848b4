package io.creditflow.posting;

import io.creditflow.event.EventKind;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/** A remembered id that is neither usage nor e-mail. */
record SeenRow(EventKind kind, long occurredAt, int fingerprint) {
  private static final EventKind[] KINDS = EventKind.values();

  byte[] encode(RowWriter writer) {
    return writer.clear().int8(kind.ordinal()).int64(occurredAt).fixed32(fingerprint).bytes();
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @return null if there is none
   */
  static SeenRow decode(byte[] row) {
    if (row == null) {
      return null;
    }
    RowReader reader = new RowReader(row);
    return new SeenRow(KINDS[reader.int8()], reader.int64(), reader.fixed32());
  }
}
