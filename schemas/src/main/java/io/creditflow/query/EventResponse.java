package io.creditflow.query;

import java.time.Instant;

/**
 * The outcome of an accepted event ({@code GET /v1/workspaces/{w}/events}).
 *
 * @param reason why the event was rejected after it had waited; null unless the outcome is REJECTED
 * @param campaignId null unless the event concerns a campaign
 * @param leadId null unless the event concerns a lead
 * @param grantId null unless the event concerns a grant
 * @param credits signed as in history; 0 while history does not show the event
 * @param reversedBy the event id of the reversal that applies, if the event is reversed usage; else
 *     null
 * @param reversedEventId the usage event that a reversal reverses; else null
 * @param waitsUntil when a waiting reversal is rejected if its usage event has not arrived; else
 *     null
 */
public record EventResponse(
    String eventId,
    String kind,
    Outcome outcome,
    String reason,
    Instant occurredAt,
    String campaignId,
    String leadId,
    String grantId,
    long credits,
    String reversedBy,
    String reversedEventId,
    Instant waitsUntil) {

  public enum Outcome {
    APPLIED,
    REVERSED,
    WAITING,
    REJECTED
  }
}
