package io.creditflow.projection;

import java.time.Instant;

/**
 * A grant that is live or scheduled, as the runway needs it.
 *
 * @param rest credits left of it now; of a scheduled grant its amount
 * @param end expiry or scheduled void, whichever is earlier; null if neither is set
 */
public record GrantAhead(long rest, Instant effectiveAt, Instant end) {}
