package io.creditflow.query;

import java.time.Instant;

/**
 * A published alert (the CreditAlert record of contract section 2).
 *
 * @param campaignId null unless the alert concerns a campaign
 * @param grantId null unless the alert concerns a grant
 * @param kind QUOTA, LOW_BALANCE, EXPIRY or SPIKE
 * @param level NOTICE, WARNING, CRITICAL or RECOVERED
 * @param threshold a ratio (0.8) or, for EXPIRY, a number of days; null if the alert has none
 * @param value the measured value, in the threshold's unit; null if the alert has none
 * @param inForce whether the alert's condition still holds in the state of the last full minute
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
