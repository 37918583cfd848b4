package io.creditflow.api.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a JWKS file. Reads the file at most once a second and reloads changed keys.
 * Thread-safe.
 */
final class FileKeySource implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(FileKeySource.class);
  private static final long READ_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final JwksReader reader;
  private volatile KeySet keys;
  private volatile long readAtNanos = System.nanoTime();
  private byte[] text;
  private String failure; // of the last read; null if it succeeded

  /**
   * @throws IOException if the file cannot be read or is not a JWKS
   */
  FileKeySource(Path file) throws IOException {
    this.file = file;
    this.reader = new JwksReader(file);
    this.text = read();
    this.keys = reader.read(text, 1);
  }

  @Override
  public KeySet current() {
    if (System.nanoTime() - readAtNanos > READ_EVERY_NANOS) {
      reload();
    }
    return keys;
  }

  @Override
  public KeySet afterUnknownKey() {
    return current();
  }

  private synchronized void reload() {
    readAtNanos = System.nanoTime();
    try {
      byte[] now = read();
      if (!Arrays.equals(now, text)) {
        keys = reader.read(now, keys.generation() + 1);
        text = now;
        LOG.info("Reloaded keys from {}: {} keys", file, keys.keys().size());
      }
      failure = null;
    } catch (IOException e) {
      if (!e.toString().equals(failure)) {
        LOG.warn(
            "Keys in {} cannot be read; the keys read last stay in use: {}", file, e.toString());
      }
      failure = e.toString();
    }
  }

  private byte[] read() throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return bytes.readNBytes(JwksReader.LENGTH_MAX + 1);
    }
  }
}
