package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceValidation;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of an input topic.
 *
 * @param key the record's key; null if it has none
 * @param value the record's value; null if it has none or is too large
 * @param event the decoded event; null if the value cannot be decoded
 * @param byItself why the record must be rejected regardless of other records; null if it need not
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

  /** Whether two records with the same event id have equal content. If not, they conflict. */
  boolean repeats(ReceivedRecord other) {
    return event.getClass() == other.event.getClass() && event.equals(other.event);
  }

  @Override
  public String toString() {
    return place + " " + (event == null ? "(not decodable)" : event.toString());
  }
}
