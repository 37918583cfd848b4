package io.creditflow.api.peer;

import java.util.List;

/**
 * Knows the owner and the standbys of each partition, by the last known assignment. Thread-safe.
 */
public interface Placement {
  /** The number of partitions of every input topic. */
  int partitions();

  /** The address at which other instances reach this one, {@code host:port}. */
  String self();

  /** The instances that hold a partition. Never fails; may be outdated during a rebalance. */
  Holders holders(int partition);

  /**
   * The instances that hold a partition.
   *
   * @param owner the instance that processes the partition, {@code host:port}; null if it is
   *     unknown
   * @param standbys the instances that hold a standby copy
   */
  record Holders(String owner, List<String> standbys) {}
}
