package example;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData.EnumSymbol;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a lead: {@code LeadProducer BROKERS REGISTRY WORKSPACE CAMPAIGN LEAD}. */
public final class LeadProducer {
  private static final Schema SCHEMA = schema();

  public static void main(String[] args) throws Exception {
    try (var producer = new KafkaProducer<String, Object>(config(args[0], args[1]))) {
      String eventId = UUID.randomUUID().toString(); // sent again with this id, it counts once
      var lead = lead(eventId, args[2], args[3], args[4], Instant.now());
      System.out.println(producer.send(lead).get());
    }
  }

  /** Kafka's default partitioner finds the partition by the key: configure no other. */
  static Map<String, Object> config(String brokers, String registry) {
    return Map.of(
        "bootstrap.servers", brokers,
        "schema.registry.url", registry,
        "key.serializer", StringSerializer.class,
        "value.serializer", KafkaAvroSerializer.class);
  }

  static ProducerRecord<String, Object> lead(
      String eventId, String workspaceId, String campaignId, String leadId, Instant occurredAt) {
    GenericRecordBuilder lead =
        new GenericRecordBuilder(SCHEMA)
            .set("eventId", eventId)
            .set("workspaceId", workspaceId)
            .set("campaignId", campaignId)
            .set("leadId", leadId)
            .set("source", new EnumSymbol(SCHEMA.getField("source").schema(), "PLATFORM"))
            .set("occurredAt", occurredAt.toEpochMilli());
    return new ProducerRecord<>("lead-sourced", workspaceId, lead.build());
  }

  private static Schema schema() {
    Schema.Parser parser = new Schema.Parser();
    try (var source = LeadProducer.class.getResourceAsStream("/LeadSource.avsc");
        var lead = LeadProducer.class.getResourceAsStream("/LeadSourced.avsc")) {
      parser.parse(source);
      return parser.parse(lead);
    } catch (IOException e) {
      throw new IllegalStateException("No schema", e);
    }
  }
}
