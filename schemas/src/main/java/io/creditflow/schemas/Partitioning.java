package io.creditflow.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The partition of a workspace's records: Kafka's murmur2 hash of the key (contract section 2). */
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
