package io.creditflow.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version that this build is: the top pom's {@code revision}. Health, metrics, logs, the page
 * and every {@code --version} take it from here.
 *
 * @param number such as 1.0.0
 * @param commit the git commit that it was built from; empty if the builder did not name it
 */
public record ProductVersion(String number, String commit) {
  private static final ProductVersion CURRENT = read();

  /** That of the running code. */
  public static ProductVersion current() {
    return CURRENT;
  }

  /** As {@code --version} prints it: {@code creditflow 1.0.0 (0123abc)}. */
  @Override
  public String toString() {
    return "creditflow " + number + (commit.isEmpty() ? "" : " (" + commit + ")");
  }

  private static ProductVersion read() {
    Properties properties = new Properties();
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProductVersion(
        properties.getProperty("version"), properties.getProperty("commit").strip());
  }
}
