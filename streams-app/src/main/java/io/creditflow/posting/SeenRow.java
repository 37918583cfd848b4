package io.creditflow.posting;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/** A remembered id that is neither usage nor e-mail. */
record SeenRow(long occurredAt, int fingerprint) {
  byte[] encode(RowWriter writer) {
    return writer.clear().int64(occurredAt).fixed32(fingerprint).bytes();
  }

  static SeenRow decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new SeenRow(reader.int64(), reader.fixed32());
  }
}
