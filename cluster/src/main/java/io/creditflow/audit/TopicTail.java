package io.creditflow.audit;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of some topics, from the first record that was appended at or after
 * an instant. Each call of {@link #advance} continues where the previous call stopped. Not
 * thread-safe.
 */
public final class TopicTail implements AutoCloseable {
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final Map<String, Object> kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Integer> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> startOffsets = new HashMap<>();

  /** Reads the topics from their beginning. */
  public TopicTail(Map<String, Object> kafka, Collection<String> topics) {
    this(kafka, topics, Instant.EPOCH);
  }

  /**
   * Reads from the first record of each partition whose append time is {@code since} or later. A
   * partition without such a record is read from its current end.
   *
   * @param kafka settings that are common to all Kafka clients, {@code bootstrap.servers} included
   */
  public TopicTail(Map<String, Object> kafka, Collection<String> topics, Instant since) {
    this.kafka = kafka;
    consumer = consumer("read_committed");
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      partitions.put(topic, found.size());
      found.forEach(one -> all.add(new TopicPartition(topic, one.partition())));
    }
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    consumer
        .offsetsForTimes(all.stream().collect(toMap(one -> one, one -> since.toEpochMilli())))
        .forEach(
            (one, first) -> startOffsets.put(one, first == null ? ends.get(one) : first.offset()));
    startOffsets.forEach(consumer::seek);
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The number of partitions of a topic, as of the construction of this object. */
  public int partitions(String topic) {
    return partitions.get(topic);
  }

  /** The offset from which this object reads the partition. */
  long begin(String topic, int partition) {
    return startOffsets.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  /**
   * Passes all new records up to the current last stable offset of each partition to the reader.
   *
   * @throws IllegalStateException if no record can be read for 60 s
   */
  public void advance(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    advanceTo(consumer.endOffsets(consumer.assignment()), reader);
  }

  /**
   * Passes all new committed records up to the current high watermark of each partition to the
   * reader. For this it waits until every transaction that is open below the high watermark has
   * ended.
   *
   * @throws IllegalStateException if no record can be read for 60 s, for example because a
   *     transaction stays open
   */
  public void advancePastOpenTransactions(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends;
    try (KafkaConsumer<byte[], byte[]> uncommitted = consumer("read_uncommitted")) {
      ends = uncommitted.endOffsets(consumer.assignment());
    }
    advanceTo(ends, reader);
  }

  private void advanceTo(
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long deadline = System.nanoTime() + STUCK.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      var records = consumer.poll(Duration.ofMillis(100));
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + STUCK.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "No record could be read for "
                + STUCK.toSeconds()
                + " s; the broker may be unreachable or a transaction left open");
      }
      records.forEach(reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
