package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.streams.RecordLocation;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of an input topic.
 *
 * @param key the record's key; null if it has none
 * @param value the record's value; null if it has none or is too large
 * @param event the decoded event; null if the value cannot be decoded
 * @param ownReason the reason for which the record must be rejected whatever other records there
 *     are; null if there is none
 */
record ReceivedRecord(
    RecordLocation location,
    Instant appendedAt,
    byte[] key,
    byte[] value,
    SpecificRecord event,
    ReferenceReason ownReason) {

  String eventId() {
    return ReferenceValidation.eventId(event);
  }

  /** Whether this record and another with the same event id have equal content. */
  boolean repeats(ReceivedRecord other) {
    return event.getClass() == other.event.getClass() && event.equals(other.event);
  }

  @Override
  public String toString() {
    return location + " " + (event == null ? "(not decodable)" : event.toString());
  }
}
