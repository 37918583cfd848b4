package io.creditflow.schemas;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** One believable record of each type. */
final class SampleEvents {
  static final Instant AT = Instant.parse("2026-03-29T00:59:59.123Z");

  private SampleEvents() {}

  static SpecificRecord of(EventType type) {
    return switch (type) {
      case LEAD_SOURCED -> leadSourced("event-1");
      case PHONE_REVEALED -> new PhoneRevealed("event-2", "acme", "spring", "lead-1", AT);
      case EMAIL_SENT -> new EmailSent("event-3", "acme", "spring", "lead-1", AT);
      case USAGE_REVERSED -> new UsageReversed("event-4", "acme", "event-1", "bounced", AT);
      case CREDIT_GRANT ->
          new CreditGrant(
              "event-5", "acme", "g-1", GrantAction.GRANTED, 10_000L, AT, null, -3, null, AT);
      case CAMPAIGN_CHANGED ->
          new CampaignChanged(
              "event-6",
              "acme",
              "spring",
              "Frühling 🌱 2026",
              LeadSource.CRM,
              CampaignStatus.ACTIVE,
              5_000L,
              AT,
              AT.plusSeconds(86_400),
              AT);
      case WORKSPACE_CHANGED -> new WorkspaceChanged("event-7", "acme", "Acme", "Asia/Tokyo", AT);
      case CREDIT_ALERT ->
          new CreditAlert(
              "a-1",
              "acme",
              null,
              null,
              AlertKind.QUOTA,
              AlertLevel.WARNING,
              0.8,
              null,
              "80 %",
              AT);
    };
  }

  static LeadSourced leadSourced(String eventId) {
    return new LeadSourced(eventId, "acme", "spring", "lead-1", LeadSource.CSV, AT);
  }
}
