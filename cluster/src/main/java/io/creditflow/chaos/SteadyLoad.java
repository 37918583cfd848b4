package io.creditflow.chaos;

import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes usage that only grows, so that bounds for every response are known: it contains all
 * events acknowledged before its asOf, and no event that was not sent. Acknowledgement counts
 * instead of appending, because consumers see a record only after its replication.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int REPEAT_EVERY = 10;
  private static final int UPGRADED_EVERY = 3;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEventSerializer serializer;
  private final LeadSchemaVersions versions;
  private final Map<String, UsageBounds> boundsByWorkspace = new LinkedHashMap<>();

  SteadyLoad(String bootstrapServers, String registryUrl, List<String> workspaceIds) {
    producer = Upstream.producer(bootstrapServers);
    SchemaRegistry registry = new HttpSchemaRegistry(Map.of("schema.registry.url", registryUrl));
    serializer = new AvroEventSerializer(registry);
    versions = new LeadSchemaVersions(registry);
    workspaceIds.forEach(id -> boundsByWorkspace.put(id, new UsageBounds()));
    Instant before = Instant.now().minusSeconds(60);
    for (String id : workspaceIds) {
      CreditGrant grant =
          new CreditGrant(
              "grant", id, "g", GrantAction.GRANTED, 1_000L, before, null, 0, null, before);
      send(id, Topics.CREDIT_GRANTS, serializer.serialize(Topics.CREDIT_GRANTS, grant), null);
    }
  }

  /**
   * Sends one lead for each workspace. Every third is written with the newest schema, and every
   * tenth is sent twice.
   */
  void publish() {
    boundsByWorkspace.forEach(
        (id, bounds) -> {
          long number = bounds.sent.incrementAndGet();
          LeadSourced lead =
              new LeadSourced("e" + number, id, "c", "l" + number, LeadSource.CRM, Instant.now());
          byte[] value = serializer.serialize(Topics.LEAD_SOURCED, lead);
          byte[] upgraded = versions.written(value, number);
          boolean isUpgraded = number % UPGRADED_EVERY == 0;
          send(id, Topics.LEAD_SOURCED, isUpgraded ? upgraded : value, bounds);
          if (number % REPEAT_EVERY == 0) {
            send(id, Topics.LEAD_SOURCED, isUpgraded ? value : upgraded, null);
          }
        });
  }

  LeadSchemaVersions versions() {
    return versions;
  }

  List<String> workspaceIds() {
    return List.copyOf(boundsByWorkspace.keySet());
  }

  UsageBounds bounds(String workspaceId) {
    return boundsByWorkspace.get(workspaceId);
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private void send(String workspaceId, String topic, byte[] value, UsageBounds bounds) {
    byte[] key = workspaceId.getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, failed) -> {
              if (failed == null && bounds != null) {
                bounds.acknowledged(System.currentTimeMillis());
              }
            });
  }

  /** The bounds of one workspace's usage. Thread-safe. */
  static final class UsageBounds {
    private final AtomicLong sent = new AtomicLong();

    /** The time of each acknowledgement in epoch milliseconds, ascending. */
    private final List<Long> acknowledgedAt = new ArrayList<>();

    /** The highest usage that a response may contain. */
    long maxUsed() {
      return sent.get();
    }

    /** The lowest usage that a response with this asOf may contain. */
    synchronized long minUsed(Instant asOf) {
      int low = 0;
      int high = acknowledgedAt.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (acknowledgedAt.get(middle) < asOf.toEpochMilli()) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** The number of events acknowledged so far. */
    synchronized long acknowledged() {
      return acknowledgedAt.size();
    }

    private synchronized void acknowledged(long millis) {
      acknowledgedAt.add(millis);
    }
  }
}
