package io.creditflow.posting;

import io.creditflow.event.EventKind;
import io.creditflow.event.Rejection;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * An event that is neither usage nor e-mail, by its id.
 *
 * @param rejected why a reversal that waited was rejected in the end, its id free again; else null
 */
record SeenRow(EventKind kind, long occurredAt, int fingerprint, Rejection.Reason rejected) {
  private static final EventKind[] KINDS = EventKind.values();
  private static final Rejection.Reason[] REASONS = Rejection.Reason.values();

  SeenRow(EventKind kind, long occurredAt, int fingerprint) {
    this(kind, occurredAt, fingerprint, null);
  }

  boolean holdsItsId() {
    return rejected == null;
  }

  byte[] encode(RowWriter writer) {
    return writer
        .clear()
        .int8(kind.ordinal())
        .int64(occurredAt)
        .fixed32(fingerprint)
        .int8(rejected == null ? 0 : rejected.ordinal() + 1)
        .bytes();
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
    EventKind kind = KINDS[reader.int8()];
    long occurredAt = reader.int64();
    int fingerprint = reader.fixed32();
    int rejected = reader.int8();
    return new SeenRow(kind, occurredAt, fingerprint, rejected == 0 ? null : REASONS[rejected - 1]);
  }
}
