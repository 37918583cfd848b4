package io.creditflow.reference;

import io.creditflow.answer.EventAnswer;
import io.creditflow.answer.EventAnswer.Outcome;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What became of one event. */
final class EventPage {
  private EventPage() {}

  static Optional<EventAnswer> of(Book book, Walk present, String eventId) {
    SpecificRecord event = book.accepted(eventId);
    if (event == null) {
      return Optional.empty();
    }
    Instant at = Door.occurredAt(event);
    if (Door.isUsage(event)) {
      return Optional.of(usage(book, eventId, at));
    } else if (event instanceof EmailSent email) {
      return Optional.of(
          answer(eventId, "EMAIL_SENT", at, email.getCampaignId(), email.getLeadId(), null, 0));
    } else if (event instanceof UsageReversed reversal) {
      return Optional.of(reversal(book, reversal));
    } else if (event instanceof CreditGrant grant) {
      return Optional.of(grant(book, present, grant));
    } else if (event instanceof CampaignChanged campaign) {
      return Optional.of(
          answer(eventId, "CAMPAIGN_CHANGED", at, campaign.getCampaignId(), null, null, 0));
    }
    return Optional.of(answer(eventId, "WORKSPACE_CHANGED", at, null, null, null, 0));
  }

  private static EventAnswer usage(Book book, String eventId, Instant at) {
    Usage used = usage(book, eventId);
    UsageReversed reversal = book.reversalOf(eventId);
    return new EventAnswer(
        eventId,
        book.accepted(eventId) instanceof LeadSourced ? "LEAD_SOURCED" : "PHONE_REVEALED",
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

  private static Usage usage(Book book, String eventId) {
    return book.usage().stream()
        .filter(one -> one.eventId().equals(eventId))
        .findFirst()
        .orElse(null);
  }

  private static EventAnswer reversal(Book book, UsageReversed reversal) {
    String eventId = reversal.getEventId();
    Instant waitsUntil = book.waitsUntil(eventId);
    Reason reason = book.waitedInVain(eventId);
    boolean isApplied = waitsUntil == null && reason == null;
    Usage target = isApplied ? usage(book, reversal.getReversedEventId()) : null;
    return new EventAnswer(
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

  /** Its credits are those of its row in history, if there is one. */
  private static EventAnswer grant(Book book, Walk present, CreditGrant record) {
    String eventId = record.getEventId();
    boolean isGrant = Door.granted(record);
    long credits =
        present.steps().stream()
            .filter(
                step ->
                    isGrant
                        ? step.entry() instanceof Book.Entry.Effect effect
                            && effect.life().grant().getEventId().equals(eventId)
                        : step.entry() instanceof Book.Entry.End end
                            && end.life().voidCounts()
                            && end.life().voided().getEventId().equals(eventId))
            .mapToLong(Walk.Step::credits)
            .sum();
    EventAnswer applied =
        answer(
            eventId,
            isGrant ? "GRANTED" : "VOIDED",
            record.getOccurredAt(),
            null,
            null,
            record.getGrantId(),
            credits);
    return isGrant || book.granted(record.getGrantId()) ? applied : waiting(applied);
  }

  private static EventAnswer waiting(EventAnswer voided) {
    return new EventAnswer(
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

  private static EventAnswer answer(
      String eventId,
      String kind,
      Instant at,
      String campaignId,
      String leadId,
      String grantId,
      long credits) {
    return new EventAnswer(
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
