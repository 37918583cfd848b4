package io.creditflow.bench.pipeline.postgres;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Seeks assigned partitions to the offsets in the database, instead of those committed in Kafka.
 */
record DatabaseOffsets(KafkaConsumer<byte[], byte[]> consumer, PostgresBatchWriter writer)
    implements ConsumerRebalanceListener {
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> stored = writer.committedOffsets();
    for (TopicPartition partition : partitions) {
      if (stored.containsKey(partition)) {
        consumer.seek(partition, stored.get(partition));
      }
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // Nothing to do: every batch is committed before the next poll.
  }
}
