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
 * A child process whose output is appended to a file. A child JVM ends when this process ends for
 * whatever reason, even if the child is frozen then ({@link ParentWatchdog}).
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
   * @param environment variables added to those of this process, whose CREDITFLOW_ variables are
   *     removed
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
   * Starts a JVM with the Java installation of this process, under the watchdog.
   *
   * @param environment as in {@link #start}
   * @param jvmFlags JVM options without the class path
   * @param mainClassAndArguments a main class that does not run the watchdog itself, and its
   *     arguments
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

  /**
   * As {@link #java}, for a main class that calls {@link ParentWatchdog} itself to read its
   * parent's lines.
   */
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
   * @throws IllegalStateException if the process has ended; the message has the end of its output
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw failure("ended with " + process.exitValue());
    }
  }

  /** Sends a line to a child that reads lines with {@link ParentWatchdog#awaitLine}. */
  public void tell(String line) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw failure("does not read its standard input");
    }
  }

  /** As {@code kill -9}: ends the process without a shutdown. Returns when it has ended. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
    thaw();
  }

  /**
   * As {@code kill}: asks the process to stop. Returns whether it ended within {@code patience}.
   */
  public boolean stop(Duration patience) {
    // Not Process.destroy(): it also closes standard input, which ends the process at once.
    process.toHandle().destroy();
    return awaitEnd(patience);
  }

  /** Asks the process to stop, and kills it if it does not end within {@code patience}. */
  public void stopOrKill(Duration patience) {
    if (!stop(patience)) {
      kill();
    }
  }

  /**
   * Waits until the process ends by itself, and returns its exit code.
   *
   * @throws IllegalStateException if it is still running after {@code patience}; the message has
   *     the end of its output
   */
  public int exitCode(Duration patience) {
    if (!awaitEnd(patience)) {
      throw failure("did not end within " + patience.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /**
   * Waits until the process ends with exit code 0.
   *
   * @throws IllegalStateException if it does not; the message has the end of its output
   */
  public void requireEnd(Duration patience) {
    if (exitCode(patience) != 0) {
      throw failure("ended with " + process.exitValue());
    }
  }

  /** As {@code kill -STOP}: the process keeps its memory and its connections but does not run. */
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

  /** As {@code kill -CONT}: the process resumes. */
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

  /** The whole log file: the output of this process, and of earlier ones with the same file. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last 4000 characters of the output. */
  public String tail() {
    String text = output();
    return text.substring(Math.max(0, text.length() - TAIL_CHARACTERS));
  }

  /** An exception whose message has the end of the output. */
  public IllegalStateException failure(String what) {
    return new IllegalStateException(
        "Process " + process.pid() + " " + what + "; the end of its output:\n" + tail());
  }

  /** Kills the process. */
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
