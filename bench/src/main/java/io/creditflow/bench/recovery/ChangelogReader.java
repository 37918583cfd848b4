package io.creditflow.bench.recovery;

import io.creditflow.testkit.ParentWatchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A main class that reads a changelog from beginning to end with a plain consumer. */
final class ChangelogReader {
  private ChangelogReader() {}

  /**
   * @param arguments bootstrap servers, topic, and the file for the result: records, bytes,
   *     nanoseconds
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "isolation.level",
            "read_committed",
            "max.poll.records",
            10_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(arguments[1]).stream()
              .map(part -> new TopicPartition(part.topic(), part.partition()))
              .toList();
      consumer.assign(partitions);
      long begin = System.nanoTime();
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long count = 0;
      long bytes = 0;
      boolean more = true;
      while (more) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        count += records.count();
        for (var record : records) {
          bytes += record.serializedKeySize() + Math.max(0, record.serializedValueSize());
        }
        more =
            ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
      }
      long nanos = System.nanoTime() - begin;
      Files.writeString(Path.of(arguments[2]), count + " " + bytes + " " + nanos);
    }
    ParentWatchdog.awaitLine();
  }
}
