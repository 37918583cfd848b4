package io.creditflow.ledger;

import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import io.creditflow.state.TextHash;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.usage.WorkspaceUsage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the postings of one workspace, ordered by event time. Instants are milliseconds since 1970.
 * Not thread-safe, unless the state is.
 */
public final class Ledger {
  private final RowStore state;
  private final Table table;
  private final String workspaceId;

  private Ledger(RowStore state, Table table, String workspaceId) {
    this.state = state;
    this.table = table;
    this.workspaceId = workspaceId;
  }

  /** The postings of usage and reversals. */
  public static Ledger of(RowStore state, String workspaceId) {
    return new Ledger(state, Table.LEDGER, workspaceId);
  }

  /** The postings of e-mails, which cost nothing and are stored for their ids. */
  public static Ledger ofEmails(RowStore state, String workspaceId) {
    return new Ledger(state, Table.EMAIL, workspaceId);
  }

  /**
   * Receives the id of a posting as a hash, because decoding the text of millions of ids is slow.
   */
  public interface IdVisitor {
    /**
     * Visits a posting.
     *
     * @param idHash the {@link TextHash} of the event id, with the seed that the caller gave
     */
    void visit(Posting.Kind kind, long at, int fingerprint, long idHash);
  }

  /**
   * Visits the ids of all postings whose event time is in the minute of the instant or later. The
   * order is undefined. A posting that was replaced is visited, too, so an id may be visited twice.
   */
  public void forEachIdSince(long fromMillis, long seed, IdVisitor visitor) {
    long from = ChunkSpan.MINUTE.start(fromMillis);
    forEach(
        from,
        Long.MAX_VALUE,
        chunk ->
            chunk.forEachId(
                seed,
                (kind, at, fingerprint, idHash) -> {
                  if (at >= from) {
                    visitor.visit(kind, at, fingerprint, idHash);
                  }
                }));
  }

  /**
   * Finds the current posting of a usage event or e-mail.
   *
   * @param minute the minute of the event time, in minutes since 1970
   */
  public Optional<Posting> find(long minute, String eventId) {
    return find(minute, eventId, false);
  }

  private Optional<Posting> find(long minute, String eventId, boolean isReversal) {
    @Nullable Posting[] found = {null};
    long[] sequence = {-1};
    long from = minute * ChunkSpan.MINUTE.millis;
    forEach(
        from,
        from,
        chunk ->
            chunk.forEach(
                (posting, usedChange) -> {
                  if (chunk.sequence() > sequence[0]
                      && posting.isReversal() == isReversal
                      && posting.eventId().equals(eventId)
                      && ChunkSpan.MINUTE.start(posting.at()) == from) {
                    found[0] = posting;
                    sequence[0] = chunk.sequence();
                  }
                }));
    return Optional.ofNullable(found[0]);
  }

  /**
   * Finds the current posting of a reversal.
   *
   * @param minute the minute of the event time, in minutes since 1970
   */
  public Optional<Posting> findReversal(long minute, String eventId) {
    return find(minute, eventId, true);
  }

  /**
   * Where a posting is stored.
   *
   * @param minute the minute of its event time, in minutes since 1970
   * @param sequence the sequence of its chunk
   */
  record PostingLocation(long minute, long sequence) {}

  /** The locations of all usage and e-mail postings with the id, the one written last first. */
  List<PostingLocation> locations(String eventId, long fromMillis) {
    List<PostingLocation> locations = new ArrayList<>();
    long from = ChunkSpan.MINUTE.start(fromMillis);
    long hash = TextHash.of(0, eventId);
    forEach(
        from,
        Long.MAX_VALUE,
        chunk ->
            chunk.forEachId(
                0,
                (kind, at, fingerprint, idHash) -> {
                  if (idHash == hash && kind != Posting.Kind.REVERSED && at >= from) {
                    locations.add(
                        new PostingLocation(
                            Math.floorDiv(at, ChunkSpan.MINUTE.millis), chunk.sequence()));
                  }
                }));
    locations.sort(Comparator.comparingLong(PostingLocation::sequence).reversed());
    return locations;
  }

  /**
   * The credits used by all postings before the position. Sums whole quarter-hours from their rows,
   * and reads only the chunks of the position's own quarter-hour.
   *
   * @param usage the workspace's usage row
   */
  public long usedBefore(LedgerPosition position, WorkspaceUsage usage) {
    if (position.at() > usage.usedAt()) {
      return usage.segments().total();
    }
    int quarter = WorkspaceQuarterHours.quarter(position.at());
    long from = quarter * WorkspaceQuarterHours.QUARTER_MILLIS;
    long[] used = {new WorkspaceQuarterHours(state, workspaceId, usage).between(0, quarter)};
    forEach(
        from,
        position.at(),
        chunk -> {
          if (chunk.start() >= from && chunk.lastAt() < position.at()) {
            used[0] += chunk.usedChange();
          } else if (chunk.firstAt() <= position.at()) {
            chunk.forEach(
                (posting, usedChange) -> {
                  if (posting.at() >= from && posting.position().compareTo(position) < 0) {
                    used[0] += usedChange;
                  }
                });
          }
        });
    return used[0];
  }

  /**
   * The current postings before the position, newest first, down to the instant (inclusive). Empty
   * if the instant is after the position. The caller must close the iterator.
   */
  public LedgerIterator descend(LedgerPosition before, long fromMillis) {
    long toMillis = Math.max(fromMillis, before.at());
    return new LedgerIterator(
        span ->
            state.descend(
                LedgerChunkRow.key(table, workspaceId, span, fromMillis).bytes(),
                LedgerChunkRow.key(table, workspaceId, span, span.end(toMillis)).bytes()),
        before,
        fromMillis);
  }

  /** Visits all chunks that may hold postings from one instant to another, both inclusive. */
  private void forEach(long fromMillis, long toMillis, Consumer<LedgerChunkRow> visitor) {
    for (ChunkSpan span : ChunkSpan.values()) {
      long end = toMillis == Long.MAX_VALUE ? toMillis : span.end(toMillis);
      try (RowStore.RowIterator rows =
          state.ascend(
              LedgerChunkRow.key(table, workspaceId, span, fromMillis).bytes(),
              LedgerChunkRow.key(table, workspaceId, span, end).bytes())) {
        rows.forEachRemaining(row -> visitor.accept(LedgerChunkRow.of(row)));
      }
    }
  }
}
