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
 * Finds usage and e-mails by their id alone: reads the ids of all that is remembered, some 100 ns
 * each. An id keeps its place, so a reading that is begun again, as flushes come in between, looks
 * only there. For one reading; not thread-safe.
 */
public final class PostingSearch {
  /** Longer than an event may occur after its arrival. */
  private static final long EARLY_MILLIS = Duration.ofDays(1).toMillis();

  private long fromMillis;
  private long ageLimit;
  private final Map<String, List<Found>> found = new HashMap<>();

  private record Found(boolean isEmail, Ledger.ChunkPosition place) {}

  /**
   * Says what is remembered.
   *
   * @param newFromMillis ids of what occurred before are forgotten; 0 if none are
   * @param newAgeLimit how long before its arrival an event may occur, milliseconds
   */
  public PostingSearch since(long newFromMillis, long newAgeLimit) {
    fromMillis = newFromMillis;
    ageLimit = newAgeLimit;
    return this;
  }

  /** Whether the id of an event of that instant is remembered. */
  public boolean remembers(long occurredAt) {
    return Math.floorDiv(occurredAt, ChunkSpan.MINUTE.millis)
        >= Math.floorDiv(fromMillis, ChunkSpan.MINUTE.millis);
  }

  /** The posting with the id; of several, as a forgotten id may be used again, the newest. */
  public Optional<Posting> find(RowStore state, String workspaceId, String eventId) {
    return newest(state, workspaceId, eventId, fromMillis);
  }

  /**
   * The posting that came under the id when a rejected reversal had freed it. It may have occurred
   * before the reversal, so that it is forgotten by its own instant while the reversal is not.
   *
   * @param reversedAt when the reversal occurred
   */
  public Optional<Posting> findAfterReversal(
      RowStore state, String workspaceId, String eventId, long reversedAt) {
    long from = fromMillis == 0 ? 0 : Math.min(fromMillis, reversedAt - ageLimit - EARLY_MILLIS);
    return newest(state, workspaceId, eventId, from);
  }

  private Optional<Posting> newest(RowStore state, String workspaceId, String eventId, long from) {
    Ledger usage = Ledger.of(state, workspaceId);
    Ledger email = Ledger.ofEmails(state, workspaceId);
    return found
        .computeIfAbsent(
            workspaceId + '\n' + eventId + '\n' + from, id -> search(usage, email, eventId, from))
        .stream()
        .flatMap(at -> (at.isEmail ? email : usage).find(at.place.minute(), eventId).stream())
        .findFirst();
  }

  private static List<Found> search(Ledger usage, Ledger email, String eventId, long from) {
    return Stream.concat(
            usage.places(eventId, from).stream().map(place -> new Found(false, place)),
            email.places(eventId, from).stream().map(place -> new Found(true, place)))
        .sorted(Comparator.comparingLong((Found at) -> at.place.sequence()).reversed())
        .toList();
  }
}
