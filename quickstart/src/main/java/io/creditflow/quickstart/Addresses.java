package io.creditflow.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The content of {@code quickstart.json}, for users and programs (contract section 6).
 *
 * @param dashboardUrl the dashboard's URL with the token in its fragment
 * @param token a token with {@code credits:read} on every workspace
 * @param opsToken a token with {@code ops:read}
 */
public record Addresses(
    String dashboardUrl,
    String apiUrl,
    String managementUrl,
    String bootstrapServers,
    String schemaRegistryUrl,
    String token,
    String opsToken) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the file that a running quickstart wrote. */
  public static Addresses read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Addresses.class);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Writes the file atomically. */
  void write(Path file) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
