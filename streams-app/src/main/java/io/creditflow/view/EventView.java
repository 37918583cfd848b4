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
    ProcessedIdRow processed = ProcessedIdRow.read(state, workspaceId, eventId);
    if (processed != null && processed.kind() != EventKind.REVERSED) {
      return Optional.of(record(processed));
    }
    // If usage has the id of a reversal, it arrived after the reversal was rejected or forgotten.
    Optional<Posting> usage =
        processed != null && processed.rejectedFor() != null
            ? postings.findAfterReversal(state, workspaceId, eventId, processed.occurredAt())
            : postings.find(state, workspaceId, eventId);
    return usage
        .map(this::usage)
        .or(
            () ->
                Optional.ofNullable(processed)
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

  private EventResponse record(ProcessedIdRow processed) {
    return switch (processed.kind()) {
      case REVERSED -> reversal(processed);
      case GRANTED -> grant(processed, Change.GRANTED, Outcome.APPLIED);
      case VOIDED ->
          grant(processed, Change.VOIDED, isGranted(processed) ? Outcome.APPLIED : Outcome.WAITING);
      case CAMPAIGN_CHANGED ->
          answer(processed, Outcome.APPLIED, processed.subject(), null, null, 0);
      case WORKSPACE_CHANGED -> answer(processed, Outcome.APPLIED, null, null, null, 0);
      case LEAD_SOURCED, PHONE_REVEALED, EMAIL_SENT ->
          throw new IllegalStateException("usage is in the ledger: " + eventId);
    };
  }

  /**
   * The answer for a reversal. Campaign and lead of an applied one are those of the reversed usage.
   */
  private EventResponse reversal(ProcessedIdRow processed) {
    if (processed.rejectedFor() != null) {
      return answer(processed, Outcome.REJECTED, null, null, null, 0);
    }
    if (processed.waitsUntil() != 0) {
      return answer(processed, Outcome.WAITING, null, null, null, 0);
    }
    ReversalRow applied = ReversalRow.read(state, workspaceId, processed.subject());
    Posting posting =
        Ledger.of(state, workspaceId)
            .findReversal(applied.occurredAt() / MINUTE_MILLIS, applied.eventId())
            .orElseThrow();
    return answer(processed, Outcome.APPLIED, posting.campaignId(), posting.leadId(), null, 0);
  }

  private boolean isGranted(ProcessedIdRow processed) {
    byte[] row = state.get(RowKey.of(Table.GRANT, workspaceId).text(processed.subject()).bytes());
    return GrantRow.decode(row).grant() != null;
  }

  private EventResponse grant(ProcessedIdRow processed, Change change, Outcome outcome) {
    long credits =
        workspace.present().boundaries().stream()
            .filter(boundary -> boundary.change() == change)
            .filter(boundary -> eventIdOf(boundary).equals(eventId))
            .mapToLong(Boundary::credits)
            .sum();
    return answer(processed, outcome, null, null, processed.subject(), credits);
  }

  private static String eventIdOf(Boundary boundary) {
    return boundary.change() == Change.VOIDED
        ? boundary.grant().voidEventId()
        : boundary.grant().eventId();
  }

  private EventResponse answer(
      ProcessedIdRow processed,
      Outcome outcome,
      String campaignId,
      String leadId,
      String grantId,
      long credits) {
    return new EventResponse(
        eventId,
        processed.kind().name(),
        outcome,
        processed.rejectedFor(),
        Instant.ofEpochMilli(processed.occurredAt()),
        campaignId,
        leadId,
        grantId,
        credits,
        null,
        processed.kind() == EventKind.REVERSED ? processed.subject() : null,
        processed.waitsUntil() == 0 ? null : Instant.ofEpochMilli(processed.waitsUntil()));
  }
}
