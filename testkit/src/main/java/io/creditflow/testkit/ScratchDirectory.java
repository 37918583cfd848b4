package io.creditflow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one run, gone when closed. */
public final class ScratchDirectory implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "creditflow-";

  private final Path root;

  private ScratchDirectory(Path root) {
    this.root = root;
  }

  /** A fresh one, in memory where the machine has that. */
  public ScratchDirectory(String name) {
    this(make(name));
  }

  /**
   * @param parent where to make it; null for memory, if there is any
   * @throws UncheckedIOException if nothing can be written there
   */
  public static ScratchDirectory in(Path parent, String name) {
    if (parent == null) {
      return new ScratchDirectory(name);
    }
    try {
      return new ScratchDirectory(Files.createTempDirectory(parent, PREFIX + name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a directory in " + parent, e);
    }
  }

  /** A fresh directory that the caller deletes. */
  public static Path make(String name) {
    try {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, PREFIX + name)
          : Files.createTempDirectory(PREFIX + name);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary directory", e);
    }
  }

  /** Copies a whole directory; the copy's own is made, its parent must be there. */
  public static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + from + " to " + to, e);
    }
  }

  /** Deletes a directory with all that is in it, if it exists. */
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

  /** Bytes of all files below a directory. */
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

  /** A path in it; its directory is there. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** A directory in it, made if need be. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a directory in it. */
  public void remove(String name) {
    delete(root.resolve(name));
  }

  /** The kind of file system that it is on: "tmpfs" is memory. */
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
