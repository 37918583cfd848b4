package io.creditflow.quickstart.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir Path directory;

  @Test
  void isReadAsItWasWritten() {
    Path file = directory.resolve("upstream.properties");
    assertThat(Progress.read(file)).isEmpty();
    Progress progress =
        new Progress(
            Instant.parse("2026-11-18T15:20:00Z"), true, Instant.parse("2026-11-18T15:20:09.5Z"));
    progress.write(file);
    assertThat(Progress.read(file)).hasValue(progress);
  }
}
