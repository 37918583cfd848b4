package io.creditflow.query;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;

/**
 * A row of the Credit History. With net = balanceAfter - overageAfter, a row's net is that of the
 * row below plus its credits, and one of the two is 0.
 *
 * @param id the row's own id, stable over time
 * @param campaignId null unless usage or its reversal
 * @param campaignName null unless described
 * @param leadId null unless usage or its reversal
 * @param grantId null unless GRANTED, EXPIRED or VOIDED
 * @param credits signed: minus the price for usage, plus the amount for a grant, minus the rest for
 *     an expiry or void, 0 for a reversal and for reversed usage
 * @param reversed true on a usage row that was taken back
 * @param reversedCredits on a REVERSED row the credits given back; else null
 * @param reversedEventId on a REVERSED row the event taken back; else null
 * @param reason null if none was given
 */
@JsonSerialize(using = ItemSerializers.OfHistoryRow.class)
public record HistoryRow(
    String id,
    Kind kind,
    Instant occurredAt,
    String campaignId,
    String campaignName,
    String leadId,
    String grantId,
    long credits,
    long balanceAfter,
    long overageAfter,
    boolean reversed,
    Long reversedCredits,
    String reversedEventId,
    String reason) {

  public enum Kind {
    LEAD_SOURCED,
    PHONE_REVEALED,
    REVERSED,
    GRANTED,
    EXPIRED,
    VOIDED
  }
}
