package io.creditflow.reference;

import org.apache.avro.specific.SpecificRecord;

/** A record that was turned away, on arrival or after waiting in vain. */
public record ReferenceRejection(String topic, SpecificRecord event, ReferenceReason reason) {}
