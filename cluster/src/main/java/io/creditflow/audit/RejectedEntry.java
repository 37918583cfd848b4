package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;

/** A record of {@code rejected-events}. */
record RejectedEntry(
    RecordLocation source, ReferenceReason reason, String detail, byte[] key, byte[] value) {}
