package io.creditflow.bench.product;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes single leads of a separate campaign, to observe when they become visible. */
public final class VisibilityProbe implements AutoCloseable {
  private static final String CAMPAIGN = "probe";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, SpecificRecord> producer;

  public VisibilityProbe(String bootstrapServers, String registryUrl) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl);
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(config, false);
    producer = new KafkaProducer<>(config, new StringSerializer(), serializer);
  }

  /** Publishes one more lead, without waiting. */
  public void publish(String workspaceId) {
    LeadSourced lead =
        new LeadSourced(
            UUID.randomUUID().toString(),
            workspaceId,
            CAMPAIGN,
            UUID.randomUUID().toString(),
            LeadSource.CSV,
            Instant.now().truncatedTo(ChronoUnit.MILLIS));
    var unused = producer.send(new ProducerRecord<>(Topics.LEAD_SOURCED, workspaceId, lead));
  }

  /**
   * The number of these leads that an instance reports; 0 for an unknown campaign.
   *
   * @throws IOException if the instance does not answer with status 200 or 404
   */
  public static long leadsVisible(KeepAliveConnection connection, String workspaceId)
      throws IOException {
    String body =
        connection.bodyIfFound("/v1/workspaces/" + workspaceId + "/credits/campaigns/" + CAMPAIGN);
    return body == null ? 0 : JSON.readTree(body).path("leadsSourced").asLong();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
