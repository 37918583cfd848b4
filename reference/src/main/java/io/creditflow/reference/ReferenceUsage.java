package io.creditflow.reference;

import io.creditflow.events.LeadSource;
import java.time.Instant;

/**
 * An accepted usage event.
 *
 * @param source the source that the lead's event names; null for a phone reveal and for a lead
 *     without one
 */
record ReferenceUsage(
    ReferenceRules.Charged what,
    String eventId,
    String campaignId,
    String leadId,
    LeadSource source,
    Instant occurredAt,
    long price) {}
