package io.creditflow.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The books of the partitions that this process owns, as their tasks have them. Kafka Streams would
 * look through all tasks for each row that is read, under a lock that restoring takes too.
 */
final class OwnedBooks {
  private final Map<Integer, ReadOnlyKeyValueStore<Bytes, byte[]>> byPartition =
      new ConcurrentHashMap<>();

  void add(int partition, ReadOnlyKeyValueStore<Bytes, byte[]> books) {
    byPartition.put(partition, books);
  }

  /** To be called before the task closes them or turns standby. */
  void remove(int partition) {
    byPartition.remove(partition);
  }

  /** Null if the partition is not owned here. */
  ReadOnlyKeyValueStore<Bytes, byte[]> of(int partition) {
    return byPartition.get(partition);
  }
}
