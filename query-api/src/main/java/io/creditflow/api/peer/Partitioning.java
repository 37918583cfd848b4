package io.creditflow.api.peer;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where a workspace's records are (contract section 2): Kafka's murmur2 of the key. */
public final class Partitioning {
  public static int partitionOf(String workspaceId, int partitions) {
    byte[] key = workspaceId.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private Partitioning() {}
}
