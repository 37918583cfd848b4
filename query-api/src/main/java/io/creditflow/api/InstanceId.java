package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** This instance's name in its group, kept in the state directory so that a restart keeps it. */
final class InstanceId {
  private static final String FILE = "instance.id";

  /**
   * @param configured empty to read the one made before, or make one
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
              + ". Give a directory that can be written as creditflow.state.dir.",
          e);
    }
  }

  private InstanceId() {}
}
