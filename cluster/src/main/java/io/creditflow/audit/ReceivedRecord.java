package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceValidation;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record as the broker took it.
 *
 * @param key null if it has none
 * @param value null if it has none, or is too large to be counted
 * @param event null if the bytes are none
 * @param byItself why it cannot count, whatever else arrives; null if it may
 */
record ReceivedRecord(
    RecordLocation place,
    Instant appendedAt,
    byte[] key,
    byte[] value,
    SpecificRecord event,
    ReferenceReason byItself) {

  String eventId() {
    return ReferenceValidation.eventId(event);
  }

  /** Equal content under the same id is a repeat, else a conflict. */
  boolean repeats(ReceivedRecord other) {
    return event.getClass() == other.event.getClass() && event.equals(other.event);
  }

  @Override
  public String toString() {
    return place + " " + (event == null ? "(no record)" : event.toString());
  }
}
