package io.creditflow.ledger;

import io.creditflow.state.RowStore;
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
  private long fromMillis;
  private final Map<String, List<Found>> found = new HashMap<>();

  private record Found(boolean isEmail, Ledger.ChunkPosition place) {}

  /**
   * Says what is remembered.
   *
   * @param newFromMillis ids of what occurred before are forgotten; 0 if none are
   */
  public PostingSearch since(long newFromMillis) {
    fromMillis = newFromMillis;
    return this;
  }

  /** Whether the id of an event of that instant is remembered. */
  public boolean remembers(long occurredAt) {
    return Math.floorDiv(occurredAt, ChunkSpan.MINUTE.millis)
        >= Math.floorDiv(fromMillis, ChunkSpan.MINUTE.millis);
  }

  /** The posting with the id; of several, as a forgotten id may be used again, the newest. */
  public Optional<Posting> find(RowStore state, String workspaceId, String eventId) {
    Ledger usage = Ledger.of(state, workspaceId);
    Ledger email = Ledger.ofEmails(state, workspaceId);
    return found
        .computeIfAbsent(workspaceId + '\n' + eventId, id -> search(usage, email, eventId))
        .stream()
        .flatMap(at -> (at.isEmail ? email : usage).find(at.place.minute(), eventId).stream())
        .findFirst();
  }

  private List<Found> search(Ledger usage, Ledger email, String eventId) {
    return Stream.concat(
            usage.places(eventId, fromMillis).stream().map(place -> new Found(false, place)),
            email.places(eventId, fromMillis).stream().map(place -> new Found(true, place)))
        .sorted(Comparator.comparingLong((Found at) -> at.place.sequence()).reversed())
        .toList();
  }
}
