package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LeadProducerTest {
  private static final String REGISTRY = "mock://example";

  @Test
  void writesALeadInConfluentsFormatUnderItsWorkspacesKey() {
    Instant now = Instant.parse("2026-06-01T12:00:00.123Z");
    ProducerRecord<String, Object> lead =
        LeadProducer.lead("e1", "my-company", "hello", "ada", now);
    assertEquals("lead-sourced", lead.topic());
    assertEquals("my-company", lead.key());

    byte[] bytes;
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(LeadProducer.config("nowhere:1", REGISTRY), false);
      bytes = serializer.serialize(lead.topic(), lead.value());
    }
    assertEquals(0, bytes[0], "the magic byte");
    try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
      deserializer.configure(Map.of("schema.registry.url", REGISTRY), false);
      GenericRecord read = (GenericRecord) deserializer.deserialize(lead.topic(), bytes);
      assertEquals("io.creditflow.events.LeadSourced", read.getSchema().getFullName());
      assertEquals("my-company", read.get("workspaceId").toString());
      assertEquals("PLATFORM", read.get("source").toString());
      assertEquals(now.toEpochMilli(), read.get("occurredAt"));
    }
  }
}
