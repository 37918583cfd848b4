package io.creditflow.bench.pipeline.dsl;

import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** The fields of a usage event that the topology needs. */
record DslUsage(String eventId, String campaignId, Instant occurredAt, UsageTotals spent) {
  private static final UsageTotals LEAD = new UsageTotals(1, 0);
  private static final UsageTotals PHONE = new UsageTotals(0, 1);

  static DslUsage of(SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      return new DslUsage(lead.getEventId(), lead.getCampaignId(), lead.getOccurredAt(), LEAD);
    }
    PhoneRevealed phone = (PhoneRevealed) event;
    return new DslUsage(phone.getEventId(), phone.getCampaignId(), phone.getOccurredAt(), PHONE);
  }
}
