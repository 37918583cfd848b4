package io.creditflow.audit;

import java.time.Duration;
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

/** All that was committed to some topics from their beginning, read on whenever asked. */
final class TopicTail implements AutoCloseable {
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Integer> partitions = new HashMap<>();

  /**
   * @param kafka settings of any Kafka client, bootstrap.servers among them
   */
  TopicTail(Map<String, Object> kafka, Collection<String> topics) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      partitions.put(topic, found.size());
      found.forEach(one -> all.add(new TopicPartition(topic, one.partition())));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  int partitions(String topic) {
    return partitions.get(topic);
  }

  /** Hands over everything new up to the present end. */
  void advance(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long deadline = System.nanoTime() + STUCK.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      var records = consumer.poll(Duration.ofMillis(100));
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + STUCK.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Nothing could be read for " + STUCK.toSeconds() + " s; is the broker reachable?");
      }
      records.forEach(reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
