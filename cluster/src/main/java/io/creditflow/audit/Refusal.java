package io.creditflow.audit;

import io.creditflow.reference.Reason;

/** A record of {@code rejected-events}. */
record Refusal(Place source, Reason reason, String detail, byte[] key, byte[] value) {}
