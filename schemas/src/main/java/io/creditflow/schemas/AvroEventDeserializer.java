package io.creditflow.schemas;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Deserializes the records of the contract's topics, for plain consumers. The pipeline uses {@link
 * EventDecoder}, which also returns fingerprints.
 *
 * <p>Bad bytes raise a {@link SerializationException} whose cause is the {@link
 * UndecodableException}. A {@link RegistryUnavailableException} is not wrapped. Not thread-safe,
 * like a consumer.
 */
public final class AvroEventDeserializer implements Deserializer<SpecificRecord> {
  private EventDecoder decoder;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroEventDeserializer() {}

  public AvroEventDeserializer(SchemaRegistry registry) {
    this.decoder = new EventDecoder(registry);
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new IllegalArgumentException("Keys are plain strings: use StringDeserializer for them");
    }
    if (decoder == null) {
      decoder = new EventDecoder(new HttpSchemaRegistry(configs));
    }
  }

  @Override
  public SpecificRecord deserialize(String topic, byte[] value) {
    if (value == null) {
      return null;
    }
    EventType type =
        EventType.ofTopic(topic)
            .orElseThrow(
                () -> new SerializationException("Topic " + topic + " carries no known record"));
    try {
      return decoder.decode(value, type).event();
    } catch (UndecodableException e) {
      throw new SerializationException(topic + ": " + e.getMessage(), e);
    }
  }
}
