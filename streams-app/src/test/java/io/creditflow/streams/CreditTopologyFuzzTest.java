package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bin/fuzz has found worth keeping, what every run of it begins with, and some at random. */
class CreditTopologyFuzzTest {
  private static final int RANDOM_INPUTS = 300;
  private static final int BYTES_MAX = 200;

  @Test
  void eventsAtTheirBoundsAreCountedOrRejectedAsByTheReference() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/CreditTopologyFuzz"))) {
      List<Path> inputs = files.sorted().toList();
      assertThat(inputs).hasSizeGreaterThan(10);
      for (Path input : inputs) {
        CreditTopologyFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
      }
    }
    Random random = new Random(1);
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      byte[] input = new byte[random.nextInt(BYTES_MAX)];
      random.nextBytes(input);
      CreditTopologyFuzz.fuzzerTestOneInput(input);
    }
  }
}
