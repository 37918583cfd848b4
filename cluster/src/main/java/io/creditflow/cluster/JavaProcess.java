package io.creditflow.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that runs a main class on this process's class path, its output added to a file.
 * It ends when this process does, however that ends, and even if it is frozen then.
 */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private volatile Process freeze;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param environment added to this process's own, whose CREDITFLOW_ variables are left out
   */
  public static JavaProcess start(
      Path log,
      List<String> jvmFlags,
      Map<String, String> environment,
      String mainClass,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dlogback.configurationFile=cluster-logback.xml"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Tether.class.getName(), mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("CREDITFLOW_"));
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + mainClass, e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}: no goodbye. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(30);
    thaw();
    Machine.cleanUpAfter(process.pid());
  }

  /** As {@code kill}: asks it to stop. Returns whether it did within the time. */
  public boolean stop(long seconds) {
    // not Process.destroy(): that closes its standard input, too, which ends it at once
    process.toHandle().destroy();
    return awaitEnd(seconds);
  }

  /** As {@code kill -STOP}: it keeps its memory and its connections, and does nothing. */
  public void freeze() {
    String script = "kill -STOP \"$0\" && echo frozen; read -r line; kill -CONT \"$0\" 2>/dev/null";
    try {
      freeze =
          new ProcessBuilder("sh", "-c", script, Long.toString(process.pid()))
              .redirectError(Redirect.DISCARD)
              .start();
      if (freeze.getInputStream().read() < 0) {
        throw new IllegalStateException("Could not freeze process " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot freeze process " + process.pid(), e);
    }
  }

  /** As {@code kill -CONT}: it goes on where it was. */
  public void thaw() {
    if (freeze == null) {
      return;
    }
    try {
      freeze.getOutputStream().close();
      freeze.waitFor(5, TimeUnit.SECONDS);
      freeze = null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot thaw process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isFrozen() {
    return freeze != null;
  }

  /** What it has said so far, and those before it that wrote to the same file. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean awaitEnd(long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
