package io.creditflow.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one run, in memory where the machine has that; gone when closed. */
public final class Scratch implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path root;

  private Scratch(Path root) {
    this.root = root;
  }

  /**
   * @param parent where to make it; null for memory if there is any, else the temporary directory
   */
  public static Scratch in(Path parent) {
    try {
      if (parent != null) {
        return new Scratch(Files.createTempDirectory(parent, "creditflow-bench"));
      }
      return new Scratch(
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "creditflow-bench")
              : Files.createTempDirectory("creditflow-bench"));
    } catch (IOException e) {
      throw new UncheckedIOException("No directory to run in; choose one with --dir", e);
    }
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

  /** Bytes of all files below a directory. */
  public static long bytes(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      deepestFirst.forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
