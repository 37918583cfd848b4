package io.creditflow.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory with all data of a quickstart. It is locked, so that only one quickstart at a time
 * uses it.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Creates the directory if it is missing, and locks it.
   *
   * @throws StartupException if the directory is not writable or is in use
   */
  static DataDirectory open(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("quickstart.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        channel.close();
        throw new StartupException(
            root
                + " is in use by another quickstart; stop that one, or give another directory"
                + " with --data-dir");
      }
      DataDirectory directory = new DataDirectory(root, channel);
      Files.deleteIfExists(directory.addresses());
      return directory;
    } catch (FileAlreadyExistsException e) {
      throw new StartupException(root + " is not a directory; give another one with --data-dir");
    } catch (IOException e) {
      throw new StartupException(
          "cannot write to "
              + root
              + " ("
              + e.getClass().getSimpleName()
              + "); change its permissions or give another directory with --data-dir");
    }
  }

  /** The log file of all parts. */
  static Path logIn(Path root) {
    return root.resolve("quickstart.log");
  }

  /** Kafka's logs. */
  Path kafka() {
    return root.resolve("kafka");
  }

  /** The registry's schemas. */
  Path schemas() {
    return root.resolve("schemas.json");
  }

  /** The directory of the key pair and the public keys. */
  Path keys() {
    return root.resolve("keys");
  }

  /** The app's RocksDB state. */
  Path state() {
    return root.resolve("state");
  }

  /** The progress file of the simulated upstream. */
  Path upstreamProgress() {
    return root.resolve("upstream.properties");
  }

  /** The file with all addresses and tokens. It exists while the quickstart is ready. */
  Path addresses() {
    return root.resolve("quickstart.json");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(addresses());
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process already holds the lock
    }
  }
}
