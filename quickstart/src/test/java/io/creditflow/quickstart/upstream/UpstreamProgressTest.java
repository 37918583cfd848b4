package io.creditflow.quickstart.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamProgressTest {
  @TempDir Path directory;

  @Test
  void isReadAsItWasWritten() {
    Path file = directory.resolve("upstream.properties");
    assertThat(UpstreamProgress.read(file)).isEmpty();
    UpstreamProgress progress =
        new UpstreamProgress(
            Instant.parse("2026-11-18T15:20:00Z"), true, Instant.parse("2026-11-18T15:20:09.5Z"));
    progress.write(file);
    assertThat(UpstreamProgress.read(file)).hasValue(progress);
  }
}
