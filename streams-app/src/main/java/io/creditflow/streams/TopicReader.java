package io.creditflow.streams;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, or from an instant, to its current end. */
public final class TopicReader {
  private TopicReader() {}

  /**
   * Passes all records of the topic to the visitor, by offset within each partition. If the topic
   * does not exist, no record is passed.
   *
   * @param kafka settings of a consumer without a group
   */
  public static void read(
      Map<String, Object> kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    read(kafka, topic, KafkaConsumer::seekToBeginning, visitor);
  }

  /**
   * Passes records to the visitor like {@link #read}, but starts in each partition with the first
   * record that was appended at the instant or later.
   */
  public static void readSince(
      Map<String, Object> kafka,
      String topic,
      Instant since,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    read(kafka, topic, (consumer, partitions) -> seek(consumer, partitions, since), visitor);
  }

  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Instant since) {
    consumer
        .offsetsForTimes(partitions.stream().collect(toMap(p -> p, p -> since.toEpochMilli())))
        .forEach(
            (partition, first) -> {
              if (first == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, first.offset());
              }
            });
  }

  private static void read(
      Map<String, Object> kafka,
      String topic,
      BiConsumer<KafkaConsumer<byte[], byte[]>, Collection<TopicPartition>> seek,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Optional.ofNullable(consumer.partitionsFor(topic)).orElse(List.of()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek.accept(consumer, partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(visitor);
      }
    }
  }
}
