package io.creditflow.quickstart.command;

import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes one event the way every producer does: keyed by workspace, in the wire format. */
final class PublishCommand {
  private static final String HELP =
      """
      Usage: bin/creditflow publish TOPIC JSON [OPTION]...

      Publishes one event. TOPIC is one of
        lead-sourced  phone-revealed  email-sent  usage-reversed  credit-grants  campaigns
        workspaces
      JSON is the record. eventId and occurredAt are made if left out, optional fields may be left
      out, instants are like 2026-01-31T08:00:00Z:

        bin/creditflow publish lead-sourced '{"workspaceId": "aurora-outreach",
          "campaignId": "partner-referrals", "leadId": "lead-1", "source": "CRM"}'

        --registry-url URL             goes with another Kafka
      """
          + KafkaTarget.HELP;

  private PublishCommand() {}

  static String run(List<String> given) {
    Arguments arguments = new Arguments(given, KafkaTarget.OPTIONS);
    if (arguments.help()) {
      return HELP;
    }
    if (arguments.words().size() != 2) {
      throw new CommandException("publish takes a topic and the event as JSON; see --help");
    }
    String topic = arguments.words().get(0);
    if (!Topics.INPUTS.contains(topic)) {
      throw new CommandException("no topic \"" + topic + "\"; there are " + Topics.INPUTS);
    }
    EventType type = EventType.ofTopic(topic).orElseThrow();
    JsonEvent event = JsonEvent.parse(arguments.words().get(1), type.schema(), Clock.systemUTC());
    RecordMetadata sent = publish(KafkaTarget.of(arguments), type, event);
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
      throw new CommandException("Kafka did not take it: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }
}
