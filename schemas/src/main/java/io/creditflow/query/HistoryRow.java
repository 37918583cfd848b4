package io.creditflow.query;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;

/**
 * A row of the Credit History. With net = balanceAfter - overageAfter, a row's net is the net of
 * the row below plus the row's credits. balanceAfter or overageAfter is 0.
 *
 * @param id the row's own id, stable over time
 * @param campaignId null unless the row is usage or a reversal
 * @param campaignName null until the campaign is described
 * @param leadId null unless the row is usage or a reversal
 * @param grantId null unless the kind is GRANTED, EXPIRED or VOIDED
 * @param credits signed: minus the price for usage, plus the amount for a grant, minus the
 *     remaining credits for an expiry or void, 0 for a reversal and for reversed usage
 * @param reversed true on a row of usage that was reversed
 * @param reversedCredits on a REVERSED row, the credits that the reversal returned; else null
 * @param reversedEventId on a REVERSED row, the id of the reversed usage event; else null
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
