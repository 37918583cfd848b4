package io.creditflow.reference;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.query.EventResponse;
import io.creditflow.query.EventResponse.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The outcome of one event. */
final class ReferenceEvents {
  private ReferenceEvents() {}

  static Optional<EventResponse> of(
      AcceptedEvents accepted, ReferenceBurnDown present, String eventId) {
    SpecificRecord event = accepted.accepted(eventId);
    if (event == null) {
      return Optional.empty();
    }
    Instant at = ReferenceValidation.occurredAt(event);
    if (ReferenceValidation.isUsage(event)) {
      return Optional.of(usage(accepted, eventId, at));
    } else if (event instanceof EmailSent email) {
      return Optional.of(
          answer(eventId, "EMAIL_SENT", at, email.getCampaignId(), email.getLeadId(), null, 0));
    } else if (event instanceof UsageReversed reversal) {
      return Optional.of(reversal(accepted, reversal));
    } else if (event instanceof CreditGrant grant) {
      return Optional.of(grant(accepted, present, grant));
    } else if (event instanceof CampaignChanged campaign) {
      return Optional.of(
          answer(eventId, "CAMPAIGN_CHANGED", at, campaign.getCampaignId(), null, null, 0));
    }
    return Optional.of(answer(eventId, "WORKSPACE_CHANGED", at, null, null, null, 0));
  }

  private static EventResponse usage(AcceptedEvents accepted, String eventId, Instant at) {
    ReferenceUsage used = usage(accepted, eventId);
    UsageReversed reversal = accepted.reversalOf(eventId);
    return new EventResponse(
        eventId,
        accepted.accepted(eventId) instanceof LeadSourced ? "LEAD_SOURCED" : "PHONE_REVEALED",
        reversal == null ? Outcome.APPLIED : Outcome.REVERSED,
        null,
        at,
        used.campaignId(),
        used.leadId(),
        null,
        reversal == null ? -used.price() : 0,
        reversal == null ? null : reversal.getEventId(),
        null,
        null);
  }

  private static ReferenceUsage usage(AcceptedEvents accepted, String eventId) {
    return accepted.usage().stream()
        .filter(one -> one.eventId().equals(eventId))
        .findFirst()
        .orElse(null);
  }

  private static EventResponse reversal(AcceptedEvents accepted, UsageReversed reversal) {
    String eventId = reversal.getEventId();
    Instant waitsUntil = accepted.waitsUntil(eventId);
    ReferenceReason reason = accepted.waitedInVain(eventId);
    boolean isApplied = waitsUntil == null && reason == null;
    ReferenceUsage target = isApplied ? usage(accepted, reversal.getReversedEventId()) : null;
    return new EventResponse(
        eventId,
        "REVERSED",
        isApplied ? Outcome.APPLIED : reason == null ? Outcome.WAITING : Outcome.REJECTED,
        reason == null ? null : reason.name(),
        reversal.getOccurredAt(),
        target == null ? null : target.campaignId(),
        target == null ? null : target.leadId(),
        null,
        0,
        null,
        reversal.getReversedEventId(),
        waitsUntil);
  }

  /**
   * The outcome of a grant or void record. Its credits are those of its history row, 0 without a
   * row.
   */
  private static EventResponse grant(
      AcceptedEvents accepted, ReferenceBurnDown present, CreditGrant record) {
    String eventId = record.getEventId();
    boolean isGrant = ReferenceValidation.granted(record);
    long credits =
        present.steps().stream()
            .filter(
                step ->
                    isGrant
                        ? step.entry() instanceof AcceptedEvents.Entry.Effect effect
                            && effect.life().grant().getEventId().equals(eventId)
                        : step.entry() instanceof AcceptedEvents.Entry.End end
                            && end.life().voidCounts()
                            && end.life().voided().getEventId().equals(eventId))
            .mapToLong(ReferenceBurnDown.Step::credits)
            .sum();
    EventResponse applied =
        answer(
            eventId,
            isGrant ? "GRANTED" : "VOIDED",
            record.getOccurredAt(),
            null,
            null,
            record.getGrantId(),
            credits);
    return isGrant || accepted.granted(record.getGrantId()) ? applied : waiting(applied);
  }

  private static EventResponse waiting(EventResponse voided) {
    return new EventResponse(
        voided.eventId(),
        voided.kind(),
        Outcome.WAITING,
        null,
        voided.occurredAt(),
        null,
        null,
        voided.grantId(),
        0,
        null,
        null,
        null);
  }

  private static EventResponse answer(
      String eventId,
      String kind,
      Instant at,
      String campaignId,
      String leadId,
      String grantId,
      long credits) {
    return new EventResponse(
        eventId,
        kind,
        Outcome.APPLIED,
        null,
        at,
        campaignId,
        leadId,
        grantId,
        credits,
        null,
        null,
        null);
  }
}
