package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The id of the Kafka cluster from whose records the state was built. The first start stores it in
 * the state directory, so that the state of another cluster is never used.
 */
final class KafkaClusterId {
  private static final String FILE = "kafka-cluster.id";

  /**
   * Requires that the state directory is new or belongs to this cluster.
   *
   * @throws IllegalStateException if it belongs to another cluster, or cannot be used
   */
  static void require(String clusterId, Path stateDirectory) {
    try {
      String stored = StateFile.of(stateDirectory.resolve(FILE), () -> clusterId);
      if (!stored.equals(clusterId)) {
        throw new IllegalStateException(
            "The state directory %s holds state of Kafka cluster %s, but this is cluster %s."
                    .formatted(stateDirectory.toAbsolutePath(), stored, clusterId)
                + " Set creditflow.state.dir to another directory, or delete this one: the state is"
                + " restored from Kafka");
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "The state directory " + stateDirectory.toAbsolutePath() + " cannot be used: " + e, e);
    }
  }

  private KafkaClusterId() {}
}
