package io.creditflow.query;

import java.time.Instant;

/**
 * An alert that was raised (the CreditAlert record of contract section 2).
 *
 * @param campaignId null unless about a campaign
 * @param grantId null unless about a grant
 * @param kind QUOTA, LOW_BALANCE, EXPIRY or SPIKE
 * @param level NOTICE, WARNING, CRITICAL or RECOVERED
 * @param threshold a ratio (0.8) or, for EXPIRY, days; null where there is none
 * @param value what was measured, in the threshold's unit; null where there is none
 * @param inForce whether the state of the last full minute still bears it out
 */
public record AlertItem(
    String alertId,
    String workspaceId,
    String campaignId,
    String grantId,
    String kind,
    String level,
    Double threshold,
    Double value,
    String message,
    Instant occurredAt,
    boolean inForce) {}
