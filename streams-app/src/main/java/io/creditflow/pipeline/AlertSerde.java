package io.creditflow.pipeline;

import io.creditflow.events.CreditAlert;
import io.creditflow.schemas.AvroEventSerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Alerts to bytes; waits for a registry that is away, as the intake does. Alerts are not read. */
final class AlertSerde implements Serde<CreditAlert> {
  private final Workshop workshop;

  AlertSerde(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public Serializer<CreditAlert> serializer() {
    AvroEventSerializer avro = new AvroEventSerializer(workshop.registry());
    return (topic, alert) -> workshop.registryWait().until(() -> avro.serialize(topic, alert));
  }

  @Override
  public Deserializer<CreditAlert> deserializer() {
    throw new UnsupportedOperationException("alerts are written, not read");
  }
}
