package io.creditflow.bench.workload;

import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a workload and computes its expected totals. Not thread-safe. */
public final class Publisher implements AutoCloseable {
  private final KafkaProducer<String, SpecificRecord> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final WorkloadTotals totals = new WorkloadTotals();
  private long live;

  public Publisher(String bootstrapServers, String registryUrl) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "schema.registry.url",
            registryUrl,
            "linger.ms",
            20,
            "batch.size",
            64 * 1024,
            "compression.type",
            "lz4");
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(config, false);
    producer = new KafkaProducer<>(config, new StringSerializer(), serializer);
  }

  /** Publishes workspaces, campaigns and grants. */
  public void publishVersions(Workload workload) {
    workload.versions(this::send);
    for (int i = 0; i < workload.mix().workspaces(); i++) {
      totals.addGrant(workload.workspaceId(i), workload.granted(i));
    }
    flush();
  }

  /** Publishes the events with numbers from {@code from} (included) to {@code to} (excluded). */
  public void publishEvents(Workload workload, long from, long to) {
    for (long number = from; number < to; number++) {
      WorkloadRecord message = workload.event(number);
      send(message);
      if (!workload.isRepeat(number)) {
        totals.addUsage(
            message.workspaceId(),
            message.campaignId(),
            message.occurredAt(),
            message.topic().equals(Topics.PHONE_REVEALED));
      }
    }
  }

  public void send(WorkloadRecord message) {
    totals.addReceived(message.topic());
    var unused =
        producer.send(
            new ProducerRecord<>(message.topic(), message.workspaceId(), message.record()),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /** A new number for {@link Workload#live}. */
  public long nextLiveNumber() {
    return live++;
  }

  /** Waits until the broker has acknowledged all records. */
  public void flush() {
    producer.flush();
    Exception error = failure.get();
    if (error != null) {
      throw new KafkaException("Cannot publish the load", error);
    }
  }

  /** The expected totals of everything published so far. */
  public WorkloadTotals totals() {
    return totals;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
