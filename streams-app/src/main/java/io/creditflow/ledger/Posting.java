package io.creditflow.ledger;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger: usage, a reversal, or (kept apart, for its id) an e-mail. {@link
 * LedgerChunkRow} stores many in a row.
 *
 * @param at milliseconds since 1970
 * @param source index in LeadSource of a lead; 0 otherwise
 * @param credits the price; for a reversal, what it gives back
 * @param fingerprint of the event's content, to tell a repeat from a conflict
 * @param status what became of it
 * @param targetId for a reversal the event taken back; else null
 * @param reason of a reversal
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

  /** The order is part of the stored format. */
  public enum Status {
    ACTIVE,
    /** Usage that was taken back: it keeps its place at 0 credits. */
    REVERSED,
    /** A reversal's row that gave way to an earlier reversal of the same event. */
    REMOVED
  }

  /** By place in the history. */
  public static final Comparator<Posting> ORDER = Posting::comparePlace;

  /** Written out, as every flush sorts by it. */
  private static int comparePlace(Posting a, Posting b) {
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

  /** Credits that it takes from the balance. */
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
