package io.creditflow.api.peer;

import java.util.List;

/** Which instance holds which partition, as last heard. */
public interface Placement {
  /** Partitions of every input topic. */
  int partitions();

  /** Where peers reach this instance, {@code host:port}. */
  String self();

  /** Never fails; during a rebalance it may be old. */
  Holders holders(int partition);

  /**
   * The instances that hold a partition.
   *
   * @param owner processes it; null if nobody is known to
   * @param standbys have a copy
   */
  record Holders(String owner, List<String> standbys) {}
}
