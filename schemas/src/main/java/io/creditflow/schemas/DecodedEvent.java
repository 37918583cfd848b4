package io.creditflow.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record out of bytes, and the fingerprint of its content.
 *
 * @param event of the generated class of the {@link EventType} that was asked for
 * @param fingerprint equal for equal content, see {@link ContentFingerprint}
 */
public record DecodedEvent(SpecificRecord event, long fingerprint) {}
