package io.creditflow.bench.pipeline.dsl;

import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** What the topology needs of a lead sourced or a phone revealed. */
record Usage(String eventId, String campaignId, Instant occurredAt, Spent spent) {
  private static final Spent LEAD = new Spent(1, 0);
  private static final Spent PHONE = new Spent(0, 1);

  static Usage of(SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      return new Usage(lead.getEventId(), lead.getCampaignId(), lead.getOccurredAt(), LEAD);
    }
    PhoneRevealed phone = (PhoneRevealed) event;
    return new Usage(phone.getEventId(), phone.getCampaignId(), phone.getOccurredAt(), PHONE);
  }
}
