package io.creditflow.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The pipeline's Kafka clients: Kafka's own, but the producer is waited for once in a commit, and
 * commits no offset that its thread's consumer has not reached, and none after an abort.
 */
final class PipelineClients implements KafkaClientSupplier {
  private final Map<String, PolledOffsets> ofThreads = new ConcurrentHashMap<>();

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new CommittingProducer(config, ofThread(config, "-producer"));
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new TracedConsumer(config, ofThread(config, "-consumer"));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Kafka Streams names the clients of a thread after it. */
  private PolledOffsets ofThread(Map<String, Object> config, String role) {
    String name = Objects.toString(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
    if (!name.endsWith(role)) {
      throw new IllegalStateException("client.id " + name + " does not end with " + role);
    }
    String thread = name.substring(0, name.length() - role.length());
    return ofThreads.computeIfAbsent(thread, any -> new PolledOffsets());
  }

  /** Takes down what it hands out. */
  private static final class TracedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final PolledOffsets polled;

    TracedConsumer(Map<String, Object> config, PolledOffsets polled) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.polled = polled;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      polled.keepOnly(assignment());
      polled.polled(records.nextOffsets());
      return records;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      polled.sentBack(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
      super.seek(partition, offset);
      polled.sentBack(partition, offset.offset());
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
      super.seekToBeginning(partitions);
      polled.sentBack(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
      super.seekToEnd(partitions);
      polled.sentBack(partitions);
    }
  }

  private static final class CommittingProducer extends KafkaProducer<byte[], byte[]> {
    private final PolledOffsets polled;
    private boolean hasAborted;

    CommittingProducer(Map<String, Object> config, PolledOffsets polled) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.polled = polled;
    }

    /**
     * Kafka Streams aborts the transaction of a thread where it closes one task dirty. What other
     * tasks have sent is then gone, and they do not know. So nothing more is begun: all tasks of
     * the thread are closed as if they had been lost, and count again from what is committed, with
     * a new producer (docs/decisions/0017).
     */
    @Override
    public void abortTransaction() {
      hasAborted = true;
      super.abortTransaction();
    }

    @Override
    public void beginTransaction() {
      if (hasAborted) {
        throw new ProducerFencedException(
            "a transaction of this thread was aborted: its tasks begin anew from what is committed");
      }
      super.beginTransaction();
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      super.sendOffsetsToTransaction(polled.limit(offsets), group);
    }

    /**
     * Kafka Streams flushes the producer for each task of a commit in turn, and waits each time
     * until brokers have written. Committing the transaction waits for the same: it sends what is
     * unsent, and fails if anything sent has failed (docs/decisions/0015).
     */
    @Override
    public void flush() {
      // commitTransaction does.
    }
  }
}
