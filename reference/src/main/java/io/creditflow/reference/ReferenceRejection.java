package io.creditflow.reference;

import org.apache.avro.specific.SpecificRecord;

/** A rejected record: rejected on arrival, or after it had waited for its usage event. */
public record ReferenceRejection(String topic, SpecificRecord event, ReferenceReason reason) {}
