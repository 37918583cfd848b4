package io.creditflow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory for one run, deleted on close. */
public final class ScratchDirectory implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "creditflow-";

  private final Path root;

  private ScratchDirectory(Path root) {
    this.root = root;
  }

  /** Creates a new directory, in memory ({@code /dev/shm}) if the machine has it. */
  public ScratchDirectory(String name) {
    this(make(name));
  }

  /**
   * @param parent the directory to create it in; null for memory if the machine has it
   * @throws UncheckedIOException if {@code parent} is not writable
   */
  public static ScratchDirectory in(Path parent, String name) {
    if (parent == null) {
      return new ScratchDirectory(name);
    }
    try {
      return new ScratchDirectory(Files.createTempDirectory(parent, PREFIX + name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a directory in " + parent, e);
    }
  }

  /** Creates a directory that the caller must delete. */
  public static Path make(String name) {
    try {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, PREFIX + name)
          : Files.createTempDirectory(PREFIX + name);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary directory", e);
    }
  }

  /**
   * Copies a directory with its content. The directory {@code to} is created; its parent must
   * exist.
   */
  public static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + from + " to " + to, e);
    }
  }

  /** Deletes a directory with its content, if it exists. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  /** The total size in bytes of all files below a directory. */
  public static long bytes(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path root() {
    return root;
  }

  /** A path directly below the root. The file is not created. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** A directory below the root, created if it does not exist. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory below the root. */
  public void remove(String name) {
    delete(root.resolve(name));
  }

  /** The type of its file system, such as "tmpfs" for memory. */
  public String kind() {
    try {
      return Files.getFileStore(root).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    delete(root);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
