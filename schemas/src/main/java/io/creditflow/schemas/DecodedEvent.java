package io.creditflow.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded record and the fingerprint of its content.
 *
 * @param event an instance of the generated class of the requested {@link EventType}
 * @param fingerprint equal for equal content, see {@link ContentFingerprint}
 */
public record DecodedEvent(SpecificRecord event, long fingerprint) {}
