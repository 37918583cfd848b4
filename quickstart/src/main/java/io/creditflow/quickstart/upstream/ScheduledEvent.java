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
 * An event and the time at which it is sent, which may be long after its event time.
 *
 * @param sentAt orders the simulated events; the arrival is the broker's append time, as for any
 *     event
 */
record ScheduledEvent(String topic, String workspaceId, SpecificRecord event, Instant sentAt) {

  static ScheduledEvent of(LeadSourced event, Instant sentAt) {
    return new ScheduledEvent(Topics.LEAD_SOURCED, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(PhoneRevealed event, Instant sentAt) {
    return new ScheduledEvent(Topics.PHONE_REVEALED, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(EmailSent event, Instant sentAt) {
    return new ScheduledEvent(Topics.EMAIL_SENT, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(UsageReversed event, Instant sentAt) {
    return new ScheduledEvent(Topics.USAGE_REVERSED, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(CreditGrant event, Instant sentAt) {
    return new ScheduledEvent(Topics.CREDIT_GRANTS, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(CampaignChanged event, Instant sentAt) {
    return new ScheduledEvent(Topics.CAMPAIGNS, event.getWorkspaceId(), event, sentAt);
  }

  static ScheduledEvent of(WorkspaceChanged event, Instant sentAt) {
    return new ScheduledEvent(Topics.WORKSPACES, event.getWorkspaceId(), event, sentAt);
  }

  /** The same event, sent again at {@code later}. */
  ScheduledEvent again(Instant later) {
    return new ScheduledEvent(topic, workspaceId, event, later);
  }
}
