package io.creditflow.ledger;

import io.creditflow.state.RowStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds usage and e-mails by their id alone. It scans all remembered ids of the workspace, at about
 * 100 ns per id. It keeps the locations that it finds, so that a query that is repeated because of
 * a flush does not scan again. Use one object per query. Not thread-safe.
 */
public final class PostingSearch {
  /** More than the largest future limit, by which an event may be dated after its arrival. */
  private static final long FUTURE_LIMIT_MILLIS_MAX = Duration.ofDays(1).toMillis();

  private long forgottenBefore;
  private long ageLimit;

  /** The found postings by workspace id, event id and start of the scan. */
  private final Map<String, List<FoundPosting>> found = new HashMap<>();

  private record FoundPosting(boolean isEmail, Ledger.PostingLocation location) {}

  /**
   * Sets which ids are remembered.
   *
   * @param newForgottenBefore ids of events that occurred before this time are forgotten,
   *     milliseconds since 1970; 0 if none are forgotten
   * @param newAgeLimit the age limit, milliseconds
   */
  public PostingSearch setRetention(long newForgottenBefore, long newAgeLimit) {
    forgottenBefore = newForgottenBefore;
    ageLimit = newAgeLimit;
    return this;
  }

  /** Whether the id of an event with this event time is remembered. */
  public boolean remembers(long occurredAt) {
    return Math.floorDiv(occurredAt, ChunkSpan.MINUTE.millis)
        >= Math.floorDiv(forgottenBefore, ChunkSpan.MINUTE.millis);
  }

  /**
   * Finds the posting with the id. If several events have had the id, because the earlier ones were
   * forgotten, it is the posting written last.
   */
  public Optional<Posting> find(RowStore state, String workspaceId, String eventId) {
    return newest(state, workspaceId, eventId, forgottenBefore);
  }

  /**
   * Finds the posting of an event whose id was first that of a rejected reversal. The event may
   * have occurred before the reversal. Then its own id may be forgotten while that of the reversal
   * is remembered, so the scan begins earlier.
   *
   * @param reversedAt the event time of the reversal, milliseconds since 1970
   */
  public Optional<Posting> findAfterReversal(
      RowStore state, String workspaceId, String eventId, long reversedAt) {
    long from =
        forgottenBefore == 0
            ? 0
            : Math.min(forgottenBefore, reversedAt - ageLimit - FUTURE_LIMIT_MILLIS_MAX);
    return newest(state, workspaceId, eventId, from);
  }

  private Optional<Posting> newest(RowStore state, String workspaceId, String eventId, long from) {
    Ledger usage = Ledger.of(state, workspaceId);
    Ledger email = Ledger.ofEmails(state, workspaceId);
    return found
        .computeIfAbsent(
            workspaceId + '\n' + eventId + '\n' + from, id -> search(usage, email, eventId, from))
        .stream()
        .flatMap(at -> (at.isEmail ? email : usage).find(at.location.minute(), eventId).stream())
        .findFirst();
  }

  private static List<FoundPosting> search(Ledger usage, Ledger email, String eventId, long from) {
    return Stream.concat(
            usage.locations(eventId, from).stream().map(at -> new FoundPosting(false, at)),
            email.locations(eventId, from).stream().map(at -> new FoundPosting(true, at)))
        .sorted(Comparator.comparingLong((FoundPosting one) -> one.location.sequence()).reversed())
        .toList();
  }
}
