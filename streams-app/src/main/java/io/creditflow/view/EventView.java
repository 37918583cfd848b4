package io.creditflow.view;

import io.creditflow.dedup.ProcessedIdRow;
import io.creditflow.event.EventKind;
import io.creditflow.grant.BurnDown.Boundary;
import io.creditflow.grant.BurnDown.Change;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.query.EventResponse;
import io.creditflow.query.EventResponse.Outcome;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.Optional;

/** Builds the answer to an event query: the outcome of one event, found by its id. */
final class EventView {
  private static final long MINUTE_MILLIS = 60_000;

  private final WorkspaceSnapshot workspace;
  private final RowStore state;
  private final String workspaceId;
  private final String eventId;

  EventView(WorkspaceSnapshot workspace, String eventId) {
    this.workspace = workspace;
    this.state = workspace.state();
    this.workspaceId = workspace.id();
    this.eventId = eventId;
  }

  /**
   * The answer for the newest event with the id, as older ones are forgotten; empty if none is
   * known.
   */
  Optional<EventResponse> answer(PostingSearch postings) {
    ProcessedIdRow seen = ProcessedIdRow.read(state, workspaceId, eventId);
    if (seen != null && seen.kind() != EventKind.REVERSED) {
      return Optional.of(record(seen));
    }
    // If usage has the id of a reversal, it arrived after the reversal was rejected or forgotten.
    Optional<Posting> usage =
        seen != null && seen.rejectedFor() != null
            ? postings.findAfterReversal(state, workspaceId, eventId, seen.occurredAt())
            : postings.find(state, workspaceId, eventId);
    return usage
        .map(this::usage)
        .or(
            () ->
                Optional.ofNullable(seen)
                    .filter(row -> row.waitsUntil() != 0 || postings.remembers(row.occurredAt()))
                    .map(this::record));
  }

  private EventResponse usage(Posting posting) {
    boolean isReversed = posting.status() == Posting.Status.REVERSED;
    return new EventResponse(
        eventId,
        posting.kind().name(),
        isReversed ? Outcome.REVERSED : Outcome.APPLIED,
        null,
        Instant.ofEpochMilli(posting.at()),
        posting.campaignId(),
        posting.leadId(),
        null,
        -posting.used(),
        isReversed ? ReversalRow.read(state, workspaceId, eventId).eventId() : null,
        null,
        null);
  }

  private EventResponse record(ProcessedIdRow seen) {
    return switch (seen.kind()) {
      case REVERSED -> reversal(seen);
      case GRANTED -> grant(seen, Change.GRANTED, Outcome.APPLIED);
      case VOIDED ->
          grant(seen, Change.VOIDED, isGranted(seen) ? Outcome.APPLIED : Outcome.WAITING);
      case CAMPAIGN_CHANGED -> answer(seen, Outcome.APPLIED, seen.subject(), null, null, 0);
      case WORKSPACE_CHANGED -> answer(seen, Outcome.APPLIED, null, null, null, 0);
      case LEAD_SOURCED, PHONE_REVEALED, EMAIL_SENT ->
          throw new IllegalStateException("usage is in the ledger: " + eventId);
    };
  }

  /**
   * The answer for a reversal. Campaign and lead of an applied one are those of the reversed usage.
   */
  private EventResponse reversal(ProcessedIdRow seen) {
    if (seen.rejectedFor() != null) {
      return answer(seen, Outcome.REJECTED, null, null, null, 0);
    }
    if (seen.waitsUntil() != 0) {
      return answer(seen, Outcome.WAITING, null, null, null, 0);
    }
    ReversalRow applied = ReversalRow.read(state, workspaceId, seen.subject());
    Posting posting =
        Ledger.of(state, workspaceId)
            .findReversal(applied.occurredAt() / MINUTE_MILLIS, applied.eventId())
            .orElseThrow();
    return answer(seen, Outcome.APPLIED, posting.campaignId(), posting.leadId(), null, 0);
  }

  private boolean isGranted(ProcessedIdRow seen) {
    byte[] row = state.get(RowKey.of(Table.GRANT, workspaceId).text(seen.subject()).bytes());
    return GrantRow.decode(row).grant() != null;
  }

  private EventResponse grant(ProcessedIdRow seen, Change change, Outcome outcome) {
    long credits =
        workspace.present().boundaries().stream()
            .filter(boundary -> boundary.change() == change)
            .filter(boundary -> eventIdOf(boundary).equals(eventId))
            .mapToLong(Boundary::credits)
            .sum();
    return answer(seen, outcome, null, null, seen.subject(), credits);
  }

  private static String eventIdOf(Boundary boundary) {
    return boundary.change() == Change.VOIDED
        ? boundary.grant().voidEventId()
        : boundary.grant().eventId();
  }

  private EventResponse answer(
      ProcessedIdRow seen,
      Outcome outcome,
      String campaignId,
      String leadId,
      String grantId,
      long credits) {
    return new EventResponse(
        eventId,
        seen.kind().name(),
        outcome,
        seen.rejectedFor(),
        Instant.ofEpochMilli(seen.occurredAt()),
        campaignId,
        leadId,
        grantId,
        credits,
        null,
        seen.kind() == EventKind.REVERSED ? seen.subject() : null,
        seen.waitsUntil() == 0 ? null : Instant.ofEpochMilli(seen.waitsUntil()));
  }
}
