package io.creditflow.api.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys in a JWKS file, read again when it changes; looked at once a second at most. */
final class FileKeys implements Keys {
  private static final Logger LOG = LoggerFactory.getLogger(FileKeys.class);
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private volatile KeySet keys;
  private volatile long lookedAtNanos = System.nanoTime();
  private String text;

  /**
   * @throws IOException if the file cannot be read
   * @throws ParseException if it is no JWKS
   */
  FileKeys(Path file) throws IOException, ParseException {
    this.file = file;
    this.text = Files.readString(file);
    this.keys = KeySet.parse(text, 1);
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
      String now = Files.readString(file);
      if (!now.equals(text)) {
        keys = KeySet.parse(now, keys.generation() + 1);
        text = now;
        LOG.info("Keys read again from {}: {} keys", file, keys.keys().size());
      }
    } catch (IOException | ParseException e) {
      LOG.warn("Keys in {} cannot be read, the former ones stay in use: {}", file, e.toString());
    }
  }
}
