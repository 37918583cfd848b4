package io.creditflow.answer;

import java.time.Instant;

/**
 * An alert that was raised (the CreditAlert record of contract section 2).
 *
 * @param campaignId null unless about a campaign
 * @param kind QUOTA, LOW_BALANCE, EXPIRY or SPIKE
 * @param level NOTICE, WARNING, CRITICAL or RECOVERED
 * @param threshold a ratio (0.8) or, for EXPIRY, days; null where there is none
 * @param value what was measured, in the threshold's unit; null where there is none
 */
public record AlertItem(
    String alertId,
    String workspaceId,
    String campaignId,
    String kind,
    String level,
    Double threshold,
    Double value,
    String message,
    Instant occurredAt) {}
