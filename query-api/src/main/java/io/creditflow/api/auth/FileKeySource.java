package io.creditflow.api.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys in a JWKS file, read again when it changes; looked at once a second at most. */
final class FileKeySource implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(FileKeySource.class);
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final JwksReader reader;
  private volatile KeySet keys;
  private volatile long lookedAtNanos = System.nanoTime();
  private byte[] text;
  private String failure; // of the last look; null if it went well

  /**
   * @throws IOException if the file cannot be read or is no JWKS
   */
  FileKeySource(Path file) throws IOException {
    this.file = file;
    this.reader = new JwksReader(file);
    this.text = read();
    this.keys = reader.read(text, 1);
  }

  @Override
  public KeySet current() {
    if (System.nanoTime() - lookedAtNanos > LOOK_EVERY_NANOS) {
      look();
    }
    return keys;
  }

  @Override
  public KeySet afterUnknownKey() {
    return current();
  }

  private synchronized void look() {
    lookedAtNanos = System.nanoTime();
    try {
      byte[] now = read();
      if (!Arrays.equals(now, text)) {
        keys = reader.read(now, keys.generation() + 1);
        text = now;
        LOG.info("Keys read again from {}: {} keys", file, keys.keys().size());
      }
      failure = null;
    } catch (IOException e) {
      if (!e.toString().equals(failure)) {
        LOG.warn("Keys in {} cannot be read, the former ones stay in use: {}", file, e.toString());
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
