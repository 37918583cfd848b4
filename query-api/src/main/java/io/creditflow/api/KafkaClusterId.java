package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Kafka cluster whose state a state directory holds, noted there at the first start: state that
 * another cluster's records made would be taken for this one's.
 */
final class KafkaClusterId {
  private static final String FILE = "kafka-cluster.id";

  /**
   * Makes sure that a state directory is new or this cluster's.
   *
   * @throws IllegalStateException if it is another's, or cannot be used
   */
  static void require(String clusterId, Path stateDirectory) {
    try {
      String noted = StateFile.of(stateDirectory.resolve(FILE), () -> clusterId);
      if (!noted.equals(clusterId)) {
        throw new IllegalStateException(
            "The state directory %s holds what was counted on Kafka cluster %s, this is cluster %s."
                    .formatted(stateDirectory.toAbsolutePath(), noted, clusterId)
                + " Give another directory as creditflow.state.dir, or delete this one: it is"
                + " restored from Kafka");
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "The state directory " + stateDirectory.toAbsolutePath() + " cannot be used: " + e, e);
    }
  }

  private KafkaClusterId() {}
}
