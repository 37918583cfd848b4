package io.creditflow.upstream;

import io.creditflow.histories.LiveHistory;
import io.creditflow.histories.SeededRandom;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Producer of generated events for a fixed set of workspaces: usage on time and late, grants,
 * voids, reversals, exact duplicates, conflicting events with one id, and changes of time zone. A
 * few percent of the records are corrupted before they are sent.
 */
public final class Upstream implements AutoCloseable {
  private static final int CORRUPTED_PERCENT = 3;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEventSerializer serializer = new AvroEventSerializer();
  private final LiveHistory generator;
  private final SeededRandom random;
  private final TransitCorruptor corruptor;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  public Upstream(
      String bootstrapServers,
      String registryUrl,
      int partitions,
      long seed,
      List<String> workspaceIds) {
    producer = producer(bootstrapServers);
    serializer.configure(Map.of("schema.registry.url", registryUrl), false);
    generator = new LiveHistory(seed, Instant.now(), workspaceIds);
    random = new SeededRandom(seed + 1);
    corruptor = new TransitCorruptor(random, partitions);
  }

  /**
   * An idempotent producer with {@code acks=all}. It retries a record for up to 10 minutes ({@code
   * delivery.timeout.ms}); if a retry resends a record that the broker has, the broker drops it.
   * {@code send} blocks for up to 5 minutes while metadata or buffer memory is missing.
   */
  public static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            300_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            600_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Sends the given number of records; does not wait until they are acknowledged. */
  public void publish(int records) {
    for (int number = 0; number < records; number++) {
      LiveHistory.Message message = generator.next(Instant.now());
      byte[] key = message.workspaceId().getBytes(StandardCharsets.UTF_8);
      // Serialized for the topic of its type: message.topic() may be a wrong one, on purpose.
      byte[] value = serializer.serialize(EventType.of(message.event()).topic(), message.event());
      send(
          random.chance(CORRUPTED_PERCENT)
              ? corruptor.corrupted(message.topic(), key, value)
              : new ProducerRecord<>(message.topic(), key, value));
    }
  }

  /**
   * Waits until every record sent so far is acknowledged or has failed.
   *
   * @throws IllegalStateException if any record since construction could not be sent
   */
  public void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("The broker did not accept a record", failed);
    }
  }

  /** The number of records that the broker has acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, failed) -> {
              if (failed == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, failed);
              }
            });
  }
}
