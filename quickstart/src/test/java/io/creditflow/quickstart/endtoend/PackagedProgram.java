package io.creditflow.quickstart.endtoend;

import io.creditflow.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Main classes on the class path that {@code bin/quickstart} runs with: nothing of the tests. */
final class PackagedProgram {
  private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  private PackagedProgram() {}

  static ChildProcess start(
      Path log, Map<String, String> environment, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>(List.of(mainClass));
    command.addAll(List.of(arguments));
    return ChildProcess.java(log, environment, classPath(), FLAGS, command);
  }

  private static String classPath() {
    try {
      return Path.of("target/classes").toAbsolutePath()
          + System.getProperty("path.separator")
          + Files.readString(Path.of("target/runtime.classpath"));
    } catch (IOException e) {
      throw new UncheckedIOException("Written by the build (process-classes)", e);
    }
  }
}
