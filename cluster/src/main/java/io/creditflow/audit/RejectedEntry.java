package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.streams.RecordLocation;

/** A record of {@code rejected-events}. */
record RejectedEntry(
    RecordLocation source, ReferenceReason reason, String detail, byte[] key, byte[] value) {}
