package io.creditflow.quickstart.upstream;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The progress of the simulated upstream, stored in a file so that the next start continues from
 * there.
 *
 * @param generatedAt the instant for which the history is generated; never changes in a data
 *     directory
 * @param pastPublished whether the whole history was published
 * @param until all live events before this instant were published
 */
record UpstreamProgress(Instant generatedAt, boolean pastPublished, Instant until) {

  static Optional<UpstreamProgress> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the simulated upstream's progress " + file, e);
    }
    return Optional.of(
        new UpstreamProgress(
            Instant.parse(properties.getProperty("toldAt")),
            Boolean.parseBoolean(properties.getProperty("pastTold")),
            Instant.parse(properties.getProperty("until"))));
  }

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("toldAt", generatedAt.toString());
    properties.setProperty("pastTold", String.valueOf(pastPublished));
    properties.setProperty("until", until.toString());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer text = Files.newBufferedWriter(draft)) {
        properties.store(text, "Progress of the simulated upstream.");
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the simulated upstream's progress " + file, e);
    }
  }
}
