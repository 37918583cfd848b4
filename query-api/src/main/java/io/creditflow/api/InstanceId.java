package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of this instance. Kafka Streams derives each thread's {@code group.instance.id} from it,
 * so an instance that restarts within the session timeout keeps its partitions. A configured id is
 * used unchanged and is not stored. A generated id is stored in the state directory and read again
 * after a restart.
 */
final class InstanceId {
  private static final String FILE = "instance.id";

  /**
   * Returns the configured id, else the stored id, else a generated id, which is then stored.
   *
   * @param configured {@code creditflow.instance.id}; empty if it is not set
   * @param stateDirectory the directory of a generated id; it is created if it does not exist
   * @throws IllegalStateException if the state directory cannot be used
   */
  static String of(Optional<String> configured, Path stateDirectory) {
    try {
      Files.createDirectories(stateDirectory);
      return configured.isPresent()
          ? configured.get()
          : StateFile.of(stateDirectory.resolve(FILE), () -> "creditflow-" + UUID.randomUUID());
    } catch (IOException e) {
      throw new IllegalStateException(
          "The state directory "
              + stateDirectory.toAbsolutePath()
              + " cannot be used: "
              + e
              + ". Set creditflow.state.dir to a writable directory.",
          e);
    }
  }

  private InstanceId() {}
}
