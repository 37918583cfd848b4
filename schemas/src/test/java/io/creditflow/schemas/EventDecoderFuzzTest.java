package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bin/fuzz has found worth keeping, and what every run of it begins with. */
class EventDecoderFuzzTest {
  @Test
  void whatTheFuzzerFoundWorthKeepingStillHolds() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/EventDecoderFuzz"))) {
      List<Path> inputs = files.toList();
      assertThat(inputs).hasSizeGreaterThan(10);
      for (Path input : inputs) {
        EventDecoderFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
      }
    }
  }
}
