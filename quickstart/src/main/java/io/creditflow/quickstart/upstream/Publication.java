package io.creditflow.quickstart.upstream;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event and the moment at which it is sent, which may be long after it happened.
 *
 * @param sentAt orders the story; the broker's append time is what counts as arrival
 */
record Publication(String topic, String workspaceId, SpecificRecord event, Instant sentAt) {

  static Publication of(LeadSourced event, Instant sentAt) {
    return new Publication(Topics.LEAD_SOURCED, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(PhoneRevealed event, Instant sentAt) {
    return new Publication(Topics.PHONE_REVEALED, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(EmailSent event, Instant sentAt) {
    return new Publication(Topics.EMAIL_SENT, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(UsageReversed event, Instant sentAt) {
    return new Publication(Topics.USAGE_REVERSED, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(CreditGrant event, Instant sentAt) {
    return new Publication(Topics.CREDIT_GRANTS, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(CampaignChanged event, Instant sentAt) {
    return new Publication(Topics.CAMPAIGNS, event.getWorkspaceId(), event, sentAt);
  }

  static Publication of(WorkspaceChanged event, Instant sentAt) {
    return new Publication(Topics.WORKSPACES, event.getWorkspaceId(), event, sentAt);
  }

  /** The same event sent once more. */
  Publication again(Instant later) {
    return new Publication(topic, workspaceId, event, later);
  }
}
