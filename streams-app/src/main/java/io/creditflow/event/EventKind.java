package io.creditflow.event;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import org.apache.avro.specific.SpecificRecord;

/**
 * The kinds of events, named as in the contract (section 4). The order is part of the stored
 * format.
 */
public enum EventKind {
  LEAD_SOURCED,
  PHONE_REVEALED,
  EMAIL_SENT,
  REVERSED,
  GRANTED,
  VOIDED,
  CAMPAIGN_CHANGED,
  WORKSPACE_CHANGED;

  /**
   * The kind of an input record.
   *
   * @throws IllegalArgumentException if the record is not an input record
   */
  public static EventKind of(SpecificRecord body) {
    if (body instanceof LeadSourced) {
      return LEAD_SOURCED;
    } else if (body instanceof PhoneRevealed) {
      return PHONE_REVEALED;
    } else if (body instanceof EmailSent) {
      return EMAIL_SENT;
    } else if (body instanceof UsageReversed) {
      return REVERSED;
    } else if (body instanceof CreditGrant grant) {
      return grant.getAction() == GrantAction.VOIDED ? VOIDED : GRANTED;
    } else if (body instanceof CampaignChanged) {
      return CAMPAIGN_CHANGED;
    } else if (body instanceof WorkspaceChanged) {
      return WORKSPACE_CHANGED;
    }
    throw new IllegalArgumentException("not an input record: " + body.getSchema().getFullName());
  }
}
