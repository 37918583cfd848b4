package io.creditflow.bench.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a benchmark started, on its {@link Leash}; its output is kept in a file. */
public final class Child implements AutoCloseable {
  private static final int TAIL_LINES = 15;

  private final String name;
  private final Process process;
  private final Path output;

  private Child(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /** A JVM on this one's class path that runs a main class, held by {@link Leashed}. */
  public static Child leashed(
      String name, Path output, Jvm jvm, Map<String, String> environment, String... arguments) {
    List<String> words = new ArrayList<>(List.of(Leashed.class.getName()));
    words.addAll(List.of(arguments));
    return jvm(name, output, jvm, environment, words);
  }

  /** A JVM whose main class minds its {@link Leash} itself. */
  public static Child jvm(
      String name,
      Path output,
      Jvm jvm,
      Map<String, String> environment,
      List<String> classAndArguments) {
    List<String> command = new ArrayList<>(jvm.command());
    command.addAll(classAndArguments);
    return command(name, output, environment, command);
  }

  /** Any program; its first word must be found. */
  public static Child command(
      String name, Path output, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("CREDITFLOW_"));
    builder.environment().putAll(environment);
    try {
      return new Child(name, builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** What it and all that it started have used. */
  public ProcessUse useOfAll() {
    return process
        .descendants()
        .map(part -> ProcessUse.of(part.pid()))
        .reduce(ProcessUse.of(process.pid()), ProcessUse::plus);
  }

  /** Says a word to a child that listens on its leash. */
  public void tell(String word) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw failure("does not listen");
    }
  }

  /** Throws with the end of its output if it has ended. */
  public void mustRun() {
    if (!process.isAlive()) {
      throw failure("ended with " + process.exitValue());
    }
  }

  /** Waits for its end, which must be a good one. */
  public void awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("did not end within " + patience);
    }
    if (process.exitValue() != 0) {
      throw failure("ended with " + process.exitValue());
    }
  }

  /** A failure that shows the end of what it said. */
  public IllegalStateException failure(String what) {
    return new IllegalStateException(name + " " + what + "; it said last:\n" + tail());
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Path output() {
    return output;
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(nothing that can be read: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
