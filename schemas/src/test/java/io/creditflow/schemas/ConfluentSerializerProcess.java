package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Confluent's own serializer in a JVM of its own: runs {@code src/genuine/Genuine.java}. */
final class ConfluentSerializerProcess {
  private static final Path PROGRAM = Path.of("src/genuine/Genuine.java");

  /** The module's build copies it there. */
  private static final Path JAR = Path.of("target/genuine/confluent.jar");

  private ConfluentSerializerProcess() {}

  /** Its answers to some commands; fails with its own words when it does. */
  static List<String> answers(Path dir, List<String> configs, List<String> commands)
      throws IOException, InterruptedException {
    assertThat(JAR).as("copied by `./mvnw process-test-resources -pl schemas`").exists();
    Path in = Files.write(dir.resolve("commands.tsv"), commands);
    Path out = dir.resolve("answers.tsv");
    Path log = dir.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", JAR.toString(), PROGRAM.toString()));
    command.addAll(configs);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(() -> read(log)).isZero();
      return Files.readAllLines(out);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
