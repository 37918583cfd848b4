package io.creditflow.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where a workspace's records are (contract section 2): Kafka's murmur2 of the key. */
public final class Partitioning {
  private Partitioning() {}

  public static int partitionOf(String workspaceId, int partitions) {
    return partitionOf(workspaceId.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /**
   * @param key a workspace's id in UTF-8
   */
  public static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
