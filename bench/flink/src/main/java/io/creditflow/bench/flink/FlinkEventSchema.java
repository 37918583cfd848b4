package io.creditflow.bench.flink;

import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import java.io.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records with the product's decoder, as all rivals do. */
final class FlinkEventSchema implements KafkaRecordDeserializationSchema<FlinkEvent> {
  @Serial private static final long serialVersionUID = 1;

  private final String registryUrl;
  private transient EventDecoder decoder;

  FlinkEventSchema(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  @Override
  public void open(InitializationContext context) {
    decoder = new EventDecoder(new HttpSchemaRegistry(Map.of("schema.registry.url", registryUrl)));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<FlinkEvent> out) {
    EventType type = EventType.ofTopic(record.topic()).orElseThrow();
    out.collect(event(decoder.decode(record.value(), type).event()));
  }

  private static FlinkEvent event(SpecificRecord record) {
    FlinkEvent event = new FlinkEvent();
    if (record instanceof LeadSourced lead) {
      event.workspaceId = lead.getWorkspaceId();
      event.campaignId = lead.getCampaignId();
      event.eventId = lead.getEventId();
      event.epochDay = day(lead.getOccurredAt());
    } else if (record instanceof PhoneRevealed phone) {
      event.workspaceId = phone.getWorkspaceId();
      event.campaignId = phone.getCampaignId();
      event.eventId = phone.getEventId();
      event.epochDay = day(phone.getOccurredAt());
      event.phone = true;
    } else {
      CreditGrant grant = (CreditGrant) record;
      event.workspaceId = grant.getWorkspaceId();
      event.campaignId = "";
      event.eventId = grant.getEventId();
      event.granted = grant.getAmount();
    }
    return event;
  }

  private static int day(Instant at) {
    return (int) Math.floorDiv(at.toEpochMilli(), TimeUnit.DAYS.toMillis(1));
  }

  @Override
  public TypeInformation<FlinkEvent> getProducedType() {
    return TypeInformation.of(FlinkEvent.class);
  }
}
