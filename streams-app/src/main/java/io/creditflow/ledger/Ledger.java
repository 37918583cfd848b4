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

/** A workspace's postings, read in the order of event time. */
public final class Ledger {
  private final RowStore state;
  private final Table table;
  private final String workspaceId;

  private Ledger(RowStore state, Table table, String workspaceId) {
    this.state = state;
    this.table = table;
    this.workspaceId = workspaceId;
  }

  /** Usage and reversals. */
  public static Ledger of(RowStore state, String workspaceId) {
    return new Ledger(state, Table.LEDGER, workspaceId);
  }

  /** E-mails, kept for their ids. */
  public static Ledger ofEmails(RowStore state, String workspaceId) {
    return new Ledger(state, Table.EMAIL, workspaceId);
  }

  /** Receives the id of a posting, as its {@link TextHash} after the seed that was given. */
  public interface IdVisitor {
    void visit(Posting.Kind kind, long at, int fingerprint, long idHash);
  }

  /**
   * Visits the id of every posting from the minute of the instant on, as written, in no order: what
   * replaced another comes beside it.
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

  /** The posting with the id, if one stands in the given minute since 1970. */
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

  /** The reversal with the id, if one stands in the given minute since 1970. */
  public Optional<Posting> findReversal(long minute, String eventId) {
    return find(minute, eventId, true);
  }

  /** Where an id was last written. */
  record ChunkPosition(long minute, long sequence) {}

  /** Every place in which an id was written as usage or e-mail, the last one first. */
  List<ChunkPosition> places(String eventId, long fromMillis) {
    List<ChunkPosition> places = new ArrayList<>();
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
                    places.add(
                        new ChunkPosition(
                            Math.floorDiv(at, ChunkSpan.MINUTE.millis), chunk.sequence()));
                  }
                }));
    places.sort(Comparator.comparingLong(ChunkPosition::sequence).reversed());
    return places;
  }

  /**
   * Credits used by everything before the position.
   *
   * @param usage the workspace's
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
   * What stands before the position, newest first, back to the instant (inclusive); nothing if that
   * lies behind the position. Close it.
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

  /** Visits all chunks that may hold something from one instant to another, both included. */
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
