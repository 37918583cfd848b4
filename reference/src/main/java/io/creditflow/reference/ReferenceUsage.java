package io.creditflow.reference;

import io.creditflow.events.LeadSource;
import java.time.Instant;

/**
 * An accepted usage event.
 *
 * @param source the lead's own; null for a phone reveal
 */
record ReferenceUsage(
    ReferenceRules.Charged what,
    String eventId,
    String campaignId,
    String leadId,
    LeadSource source,
    Instant occurredAt,
    long price) {}
