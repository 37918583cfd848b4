package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.schemas.EventType;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one event as producers do: keyed by workspace, in the wire format. */
@Command(
    name = "publish",
    header = "publishes one event, as a producer would",
    description = {
      "Publishes one event. A missing eventId or occurredAt is generated, optional fields may be"
          + " left out, and instants have the form 2026-01-31T08:00:00Z:",
      "",
      "  bin/creditflow publish lead-sourced '{\"workspaceId\": \"aurora-outreach\",",
      "    \"campaignId\": \"partner-referrals\", \"leadId\": \"lead-1\", \"source\": \"CRM\"}'",
      ""
    })
final class PublishCommand implements Callable<String> {
  @Parameters(
      paramLabel = "TOPIC",
      converter = InputTopic.class,
      description =
          "lead-sourced, phone-revealed, email-sent, usage-reversed, credit-grants, campaigns or"
              + " workspaces")
  private String topic;

  @Parameters(paramLabel = "JSON", description = "the record")
  private String json;

  @Option(
      names = KafkaOptions.REGISTRY,
      paramLabel = "URL",
      description = "goes with another Kafka")
  private String registryUrl;

  @Mixin private KafkaOptions kafka;

  @Override
  public String call() {
    EventType type = EventType.ofTopic(topic).orElseThrow();
    JsonEvent event = JsonEvent.parse(json, type.schema(), Clock.systemUTC());
    RecordMetadata sent = publish(kafka.withRegistry(registryUrl), type, event);
    return "published %s %s to %s, partition %d, offset %d"
        .formatted(
            type.schema().getName(), event.text("eventId"), topic, sent.partition(), sent.offset());
  }

  private static RecordMetadata publish(KafkaTarget target, EventType type, JsonEvent event) {
    int schemaId = target.registry().register(type.subject(), type.schema());
    byte[] avro = event.avro();
    byte[] value =
        ByteBuffer.allocate(5 + avro.length).put((byte) 0).putInt(schemaId).put(avro).array();
    Map<String, Object> config = target.producer(Map.of("max.block.ms", 10_000));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>(type.topic(), event.text("workspaceId"), value))
          .get();
    } catch (ExecutionException e) {
      throw new CommandException("Kafka did not accept the event: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }
}
