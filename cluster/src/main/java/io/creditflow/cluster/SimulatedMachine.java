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
 * What an instance takes for its machine: a clock that may be wrong and a disk that may be slow or
 * full, by libraries loaded into its process before any other. Where they are missing, the clock is
 * right and the disk good.
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
   * A machine that has nothing wrong with it yet.
   *
   * @param disk the directory that stands for it
   */
  SimulatedMachine(Optional<Path> fakeTime, Optional<Path> badDisk, Path disk) {
    this.fakeTime = fakeTime;
    this.badDisk = badDisk;
    this.disk = disk;
    slowSwitch = disk.resolveSibling(disk.getFileName() + "-is-slow");
    fullSwitch = disk.resolveSibling(disk.getFileName() + "-is-full");
  }

  /** Debian's libfaketime. */
  static Optional<Path> fakeTimeLibrary() {
    try (Stream<Path> found =
        Files.find(
            LIBRARIES, 3, (path, of) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
      return found.findFirst();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** Compiles the library that makes a disk bad; empty without a C compiler. */
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

  boolean hasClock() {
    return fakeTime.isPresent();
  }

  boolean hasBadDisk() {
    return badDisk.isPresent();
  }

  /** Of the next process on it; that after it has a right one. */
  synchronized void setNextClockAhead(Duration ahead) {
    nextClockAhead = ahead;
  }

  /** Of the process that runs on it. */
  synchronized boolean isClockWrong() {
    return isClockWrong;
  }

  /** Removes what libfaketime leaves behind when its process is killed. */
  static void cleanUpAfter(long pid) {
    try {
      Files.deleteIfExists(SHARED.resolve("faketime_shm_" + pid));
      Files.deleteIfExists(SHARED.resolve("sem.faketime_sem_" + pid));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot clean up in " + SHARED, e);
    }
  }

  /** Counts at once. */
  void setSlow(boolean slow) {
    turn(slowSwitch, slow);
  }

  /** Counts at once. */
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
      throw new UncheckedIOException("Cannot turn " + file, e);
    }
  }

  /** What the environment of the next process needs for it. */
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
      // timers go on at their pace; only the time of day is wrong
      environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      // Its own guess, that waits need fixing, makes each of Java's return at once.
      environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }
    if (!preload.isEmpty()) {
      environment.put("LD_PRELOAD", preload.toString());
    }
    return environment;
  }
}
