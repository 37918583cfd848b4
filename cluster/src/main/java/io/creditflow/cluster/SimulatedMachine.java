package io.creditflow.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Simulates a wrong clock and a slow or full disk for one process, with libraries that LD_PRELOAD
 * loads into it. Without these libraries, clock and disk work normally. Thread-safe.
 */
final class SimulatedMachine {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final Path SHARED = Path.of("/dev/shm");

  private final Optional<Path> fakeTime;
  private final Optional<Path> badDisk;
  private final Path disk;
  private final Path slowSwitch;
  private final Path fullSwitch;
  private Duration nextClockAhead = Duration.ZERO;
  private boolean isClockWrong;

  /**
   * A machine with a right clock and a working disk.
   *
   * @param fakeTime the libfaketime library, if installed
   * @param badDisk the library from {@link #badDiskLibrary}, if it could be compiled
   * @param disk the directory whose files the simulated disk contains
   */
  SimulatedMachine(Optional<Path> fakeTime, Optional<Path> badDisk, Path disk) {
    this.fakeTime = fakeTime;
    this.badDisk = badDisk;
    this.disk = disk;
    slowSwitch = disk.resolveSibling(disk.getFileName() + "-is-slow");
    fullSwitch = disk.resolveSibling(disk.getFileName() + "-is-full");
  }

  /** The path of Debian's libfaketime; empty if it is not installed. */
  static Optional<Path> fakeTimeLibrary() {
    try (Stream<Path> found =
        Files.find(
            LIBRARIES, 3, (path, of) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
      return found.findFirst();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** Compiles the library that simulates disk faults; empty without a C compiler. */
  static Optional<Path> badDiskLibrary(Path directory) {
    Path source = directory.resolve("bad-disk.c");
    Path library = directory.resolve("bad-disk.so");
    try (InputStream text = SimulatedMachine.class.getResourceAsStream("/bad-disk.c")) {
      Files.createDirectories(directory);
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
      Process compiler =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      boolean isCompiled = compiler.waitFor(30, TimeUnit.SECONDS) && compiler.exitValue() == 0;
      return isCompiled ? Optional.of(library) : Optional.empty();
    } catch (IOException noCompiler) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  boolean canSetClock() {
    return fakeTime.isPresent();
  }

  boolean canBreakDisk() {
    return badDisk.isPresent();
  }

  /** Sets the clock error of the next process only; the process after it has a right clock. */
  synchronized void setNextClockAhead(Duration ahead) {
    nextClockAhead = ahead;
  }

  /** Whether the current process has a wrong clock. */
  synchronized boolean isClockWrong() {
    return isClockWrong;
  }

  /** Deletes the shared-memory files that libfaketime leaves when its process is killed. */
  static void cleanUpAfter(long pid) {
    try {
      Files.deleteIfExists(SHARED.resolve("faketime_shm_" + pid));
      Files.deleteIfExists(SHARED.resolve("sem.faketime_sem_" + pid));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot clean up in " + SHARED, e);
    }
  }

  /** Takes effect at once, even in the running process. */
  void setSlow(boolean slow) {
    turn(slowSwitch, slow);
  }

  /** Takes effect at once, even in the running process. */
  void setFull(boolean full) {
    turn(fullSwitch, full);
  }

  private static void turn(Path file, boolean on) {
    try {
      if (on) {
        Files.write(file, new byte[0]);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create or delete " + file, e);
    }
  }

  /** The environment variables for the next process. */
  synchronized Map<String, String> environment() {
    Duration clockAhead = nextClockAhead;
    nextClockAhead = Duration.ZERO;
    isClockWrong = !clockAhead.isZero();
    Map<String, String> environment = new HashMap<>();
    StringBuilder preload = new StringBuilder();
    badDisk.ifPresent(
        library -> {
          preload.append(library);
          environment.put("BAD_DISK_DIR", disk.toString());
          environment.put("BAD_DISK_SLOW", slowSwitch.toString());
          environment.put("BAD_DISK_FULL", fullSwitch.toString());
        });
    if (!clockAhead.isZero() && fakeTime.isPresent()) {
      preload.append(preload.isEmpty() ? "" : ":").append(fakeTime.get());
      environment.put("FAKETIME", "%+d".formatted(clockAhead.toSeconds()));
      // The monotonic clock stays right, so timers keep their pace; only the wall clock is wrong.
      environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      // Libfaketime's correction of monotonic waits makes each timed wait of Java return at once.
      environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }
    if (!preload.isEmpty()) {
      environment.put("LD_PRELOAD", preload.toString());
    }
    return environment;
  }
}
