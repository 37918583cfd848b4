package io.creditflow.streams;

import io.creditflow.events.CreditAlert;
import io.creditflow.schemas.AvroEventSerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializes alerts. Waits while the schema registry is unavailable, as the event processor does.
 * Has no deserializer, because the topology does not read alerts.
 */
final class AlertSerde implements Serde<CreditAlert> {
  private final TaskContext taskContext;

  AlertSerde(TaskContext taskContext) {
    this.taskContext = taskContext;
  }

  @Override
  public Serializer<CreditAlert> serializer() {
    AvroEventSerializer avro = new AvroEventSerializer(taskContext.registry());
    return (topic, alert) -> taskContext.registryWait().until(() -> avro.serialize(topic, alert));
  }

  @Override
  public Deserializer<CreditAlert> deserializer() {
    throw new UnsupportedOperationException("alerts are written, not read");
  }
}
