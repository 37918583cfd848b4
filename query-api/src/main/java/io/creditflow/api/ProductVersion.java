package io.creditflow.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this build, which is {@code revision} in the top {@code pom.xml}. Health, metrics,
 * logs and every {@code --version} report it.
 *
 * @param number the version number, such as 1.0.0
 * @param commit the git commit of the build; empty if it was not given to the build
 */
public record ProductVersion(String number, String commit) {
  private static final ProductVersion CURRENT = read();

  /** The version of the running code. */
  public static ProductVersion current() {
    return CURRENT;
  }

  /** The text that {@code --version} prints: {@code creditflow 1.0.0 (0123abc)}. */
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
