package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.credit.QueryParserFuzz;
import io.creditflow.api.ops.RejectedCursorFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bin/fuzz has found worth keeping, and what every run of it begins with. */
class FuzzedCorpusTest {
  @Test
  void questionsStillHold() throws IOException {
    replay("QueryParserFuzz", QueryParserFuzz::fuzzerTestOneInput);
  }

  @Test
  void cursorsThroughRejectedEventsStillHold() throws IOException {
    replay("RejectedCursorFuzz", RejectedCursorFuzz::fuzzerTestOneInput);
  }

  private static void replay(String corpus, Consumer<byte[]> target) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz", corpus))) {
      List<Path> inputs = files.toList();
      assertThat(inputs).hasSizeGreaterThan(10);
      for (Path input : inputs) {
        target.accept(Files.readAllBytes(input));
      }
    }
  }
}
