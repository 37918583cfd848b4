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

/** Where one quickstart keeps everything; locked, so that no second one runs in it. */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * @throws StartupException if it cannot be written or is in use
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

  /** What the parts have to say while they run. */
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

  /** Key pair and public keys. */
  Path keys() {
    return root.resolve("keys");
  }

  /** The app's RocksDB state. */
  Path state() {
    return root.resolve("state");
  }

  /** How far the simulated upstream has come. */
  Path upstreamProgress() {
    return root.resolve("upstream.properties");
  }

  /** The file that says where everything listens; there while quickstart is ready. */
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
      return false; // by this very process
    }
  }
}
