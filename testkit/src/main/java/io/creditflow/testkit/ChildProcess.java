package io.creditflow.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one starts, its output added to a file. A JVM ends when this process does,
 * however that ends, and even if it is frozen then ({@link ParentWatchdog}).
 */
public final class ChildProcess implements AutoCloseable {
  private static final int TAIL_CHARACTERS = 4_000;

  private final Process process;
  private final Path log;
  private volatile Process freeze;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param environment added to this process's own, whose CREDITFLOW_ variables are left out
   * @param command the program and its arguments
   */
  public static ChildProcess start(
      Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("CREDITFLOW_"));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.get(0), e);
    }
  }

  /**
   * Starts a JVM, this one's own, under the watchdog.
   *
   * @param environment as in {@link #start}
   * @param jvmFlags but for the class path
   * @param mainClassAndArguments a class that watches by itself must not be started by this
   */
  public static ChildProcess java(
      Path log,
      Map<String, String> environment,
      String classPath,
      List<String> jvmFlags,
      List<String> mainClassAndArguments) {
    List<String> guarded = new ArrayList<>(List.of(ParentWatchdog.class.getName()));
    guarded.addAll(mainClassAndArguments);
    String withWatchdog = classPath + System.getProperty("path.separator") + ownClassPath();
    return javaThatWatches(log, environment, withWatchdog, jvmFlags, guarded);
  }

  /** As {@link #java}, for a main class that reads its parent's lines by the watchdog itself. */
  public static ChildProcess javaThatWatches(
      Path log,
      Map<String, String> environment,
      String classPath,
      List<String> jvmFlags,
      List<String> mainClassAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(mainClassAndArguments);
    return start(log, environment, command);
  }

  private static String ownClassPath() {
    try {
      return Path.of(
              ParentWatchdog.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @throws IllegalStateException with the end of its output if it has ended
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw failure("ended with " + process.exitValue());
    }
  }

  /** Says a line to a child that listens ({@link ParentWatchdog#awaitLine}). */
  public void tell(String line) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw failure("does not listen");
    }
  }

  /** As {@code kill -9}: no goodbye. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
    thaw();
  }

  /** As {@code kill}: asks it to stop. Returns whether it did within the time. */
  public boolean stop(Duration patience) {
    // not Process.destroy(): that closes its standard input, too, which ends it at once
    process.toHandle().destroy();
    return awaitEnd(patience);
  }

  /** Asks it to stop, and kills it if it does not within the time. */
  public void stopOrKill(Duration patience) {
    if (!stop(patience)) {
      kill();
    }
  }

  /**
   * Its exit code, once it has ended by itself.
   *
   * @throws IllegalStateException with the end of its output if it goes on
   */
  public int exitCode(Duration patience) {
    if (!awaitEnd(patience)) {
      throw failure("did not end within " + patience.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /**
   * Waits for its end, which must be a good one.
   *
   * @throws IllegalStateException with the end of its output otherwise
   */
  public void requireEnd(Duration patience) {
    if (exitCode(patience) != 0) {
      throw failure("ended with " + process.exitValue());
    }
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

  /** The end of its output. */
  public String tail() {
    String text = output();
    return text.substring(Math.max(0, text.length() - TAIL_CHARACTERS));
  }

  /** A failure that shows the end of what it said. */
  public IllegalStateException failure(String what) {
    return new IllegalStateException(
        "Process " + process.pid() + " " + what + "; it said last:\n" + tail());
  }

  /** Kills it. */
  @Override
  public void close() {
    kill();
  }

  private boolean awaitEnd(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
