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
 * Workspaces whose usage only ever grows, so that at every moment it is known between which bounds
 * it must be: all that was acknowledged before an answer's asOf is in it, and nothing that was not
 * sent. Acknowledged, not appended: until its replicas have it, no consumer sees a record.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int REPEAT_EVERY = 10;
  private static final int UPGRADED_EVERY = 3;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEventSerializer serializer;
  private final LeadSchemaVersions versions;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  SteadyLoad(String bootstrapServers, String registryUrl, List<String> workspaceIds) {
    producer = Upstream.producer(bootstrapServers);
    SchemaRegistry registry = new HttpSchemaRegistry(Map.of("schema.registry.url", registryUrl));
    serializer = new AvroEventSerializer(registry);
    versions = new LeadSchemaVersions(registry);
    workspaceIds.forEach(id -> accounts.put(id, new Account()));
    Instant before = Instant.now().minusSeconds(60);
    for (String id : workspaceIds) {
      CreditGrant grant =
          new CreditGrant(
              "grant", id, "g", GrantAction.GRANTED, 1_000L, before, null, 0, null, before);
      send(id, Topics.CREDIT_GRANTS, serializer.serialize(Topics.CREDIT_GRANTS, grant), null);
    }
  }

  /** One lead for each workspace, every third by the newest schema; every tenth comes twice. */
  void publish() {
    accounts.forEach(
        (id, account) -> {
          long number = account.sent.incrementAndGet();
          LeadSourced lead =
              new LeadSourced("e" + number, id, "c", "l" + number, LeadSource.CRM, Instant.now());
          byte[] value = serializer.serialize(Topics.LEAD_SOURCED, lead);
          byte[] byNewest = versions.written(value, number);
          boolean isUpgraded = number % UPGRADED_EVERY == 0;
          send(id, Topics.LEAD_SOURCED, isUpgraded ? byNewest : value, account);
          if (number % REPEAT_EVERY == 0) {
            send(id, Topics.LEAD_SOURCED, isUpgraded ? value : byNewest, null);
          }
        });
  }

  LeadSchemaVersions versions() {
    return versions;
  }

  List<String> workspaceIds() {
    return List.copyOf(accounts.keySet());
  }

  Account account(String workspaceId) {
    return accounts.get(workspaceId);
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private void send(String workspaceId, String topic, byte[] value, Account account) {
    byte[] key = workspaceId.getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, failed) -> {
              if (failed == null && account != null) {
                account.acknowledged(System.currentTimeMillis());
              }
            });
  }

  /** What is known of one workspace's usage. */
  static final class Account {
    private final AtomicLong sent = new AtomicLong();

    /** When each was acknowledged, ascending. */
    private final List<Long> acknowledgedAt = new ArrayList<>();

    /** The most that an answer can know of. */
    long most() {
      return sent.get();
    }

    /** The least that an answer as of an instant must know of. */
    synchronized long least(Instant asOf) {
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

    /** How many were acknowledged so far. */
    synchronized long acknowledged() {
      return acknowledgedAt.size();
    }

    private synchronized void acknowledged(long millis) {
      acknowledgedAt.add(millis);
    }
  }
}
