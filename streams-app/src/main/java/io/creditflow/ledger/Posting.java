package io.creditflow.ledger;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger: usage, a reversal or an e-mail. E-mails have a table of their own.
 * {@link LedgerChunkRow} stores many postings in one row.
 *
 * @param at the event time, milliseconds since 1970
 * @param source for a lead, the ordinal of its LeadSource; else 0
 * @param credits the price; for a reversal, the credits of the reversed usage
 * @param fingerprint the fingerprint of the event's content; distinguishes a repeat from a conflict
 * @param targetId for a reversal, the id of the reversed event; else null
 * @param reason for a reversal, its reason, which may be null; else null
 */
public record Posting(
    long at,
    Kind kind,
    String eventId,
    int source,
    String campaignId,
    String leadId,
    long credits,
    int fingerprint,
    Status status,
    @Nullable String targetId,
    @Nullable String reason) {

  /** The order is part of the stored format. */
  public enum Kind {
    LEAD_SOURCED,
    PHONE_REVEALED,
    EMAIL_SENT,
    REVERSED
  }

  /** Whether a posting counts. The order is part of the stored format. */
  public enum Status {
    ACTIVE,
    /** Reversed usage. It stays in the history, with 0 credits. */
    REVERSED,
    /** A reversal that is not in the history, because an earlier one reverses the same event. */
    REMOVED
  }

  /** The order of {@link #position}. */
  public static final Comparator<Posting> ORDER = Posting::comparePositions;

  /** Compares without creating positions, because every flush sorts its postings. */
  private static int comparePositions(Posting a, Posting b) {
    if (a.at != b.at) {
      return Long.compare(a.at, b.at);
    }
    return a.isReversal() == b.isReversal()
        ? Utf8Order.INSTANCE.compare(a.eventId, b.eventId)
        : Boolean.compare(a.isReversal(), b.isReversal());
  }

  public boolean isReversal() {
    return kind == Kind.REVERSED;
  }

  public boolean isUsage() {
    return kind == Kind.LEAD_SOURCED || kind == Kind.PHONE_REVEALED;
  }

  /** The credits that the posting takes from the balance. */
  public long used() {
    return isUsage() && status == Status.ACTIVE ? credits : 0;
  }

  public LedgerPosition position() {
    return new LedgerPosition(
        at, isReversal() ? LedgerPosition.Rank.REVERSAL : LedgerPosition.Rank.USAGE, eventId);
  }

  public Posting with(Status newStatus) {
    return new Posting(
        at,
        kind,
        eventId,
        source,
        campaignId,
        leadId,
        credits,
        fingerprint,
        newStatus,
        targetId,
        reason);
  }
}
