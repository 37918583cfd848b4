package io.creditflow.bench.pipeline.postgres;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Goes on where the database says, not where Kafka does. */
record DatabaseOffsets(KafkaConsumer<byte[], byte[]> consumer, PostgresBatchWriter writer)
    implements ConsumerRebalanceListener {
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> kept = writer.offsets();
    for (TopicPartition partition : partitions) {
      if (kept.containsKey(partition)) {
        consumer.seek(partition, kept.get(partition));
      }
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // Every batch was committed before the next poll.
  }
}
