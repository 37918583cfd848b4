package io.creditflow.query;

import java.time.Instant;

/**
 * What became of an accepted event ({@code GET /v1/workspaces/{w}/events}).
 *
 * @param reason why it was rejected in the end; else null
 * @param campaignId null unless about a campaign
 * @param leadId null unless about a lead
 * @param grantId null unless about a grant
 * @param credits signed as in history; 0 while history does not show it
 * @param reversedBy the reversal that counts for usage that was taken back; else null
 * @param reversedEventId what a reversal takes back; else null
 * @param waitsUntil when a reversal that waits is given up; else null
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
