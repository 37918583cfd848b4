package io.creditflow.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where a stream thread's consumer has handed out each partition, since it was last sent
 * back. Nothing beyond may be committed: a task of Kafka Streams 4.3.1 that is closed and revived
 * after a commit timed out remembers how far it had polled, though what it polled is gone and its
 * consumer is sent back; a commit before the next record then passes over all of that
 * (docs/decisions/0017). Used by that thread only.
 */
final class PolledOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(PolledOffsets.class);

  private final Map<TopicPartition, Long> next = new HashMap<>();

  void polled(Map<TopicPartition, OffsetAndMetadata> nextOffsets) {
    nextOffsets.forEach((partition, offset) -> next.put(partition, offset.offset()));
  }

  void sentBack(TopicPartition partition, long offset) {
    next.put(partition, offset);
  }

  void sentBack(Collection<TopicPartition> partitions) {
    partitions.forEach(next::remove);
  }

  /** What is handed out of a partition that comes back begins anew. */
  void keepOnly(Collection<TopicPartition> assigned) {
    next.keySet().retainAll(assigned);
  }

  /**
   * Of offsets to be committed what was polled. An earlier offset than could be is always safe: the
   * books know what they hold, and pass over it when it is delivered again.
   */
  Map<TopicPartition, OffsetAndMetadata> limit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> limited = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          Long polled = next.get(partition);
          if (polled != null && offset.offset() <= polled) {
            limited.put(partition, offset);
          } else {
            LOG.warn(
                "Offset {} of {} is not committed: this instance has read it up to {} only since it"
                    + " went back. Nothing is lost",
                offset.offset(),
                partition,
                polled);
          }
        });
    return limited;
  }
}
