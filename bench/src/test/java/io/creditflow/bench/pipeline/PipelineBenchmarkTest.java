package io.creditflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.bench.Bench;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The smallest race there is, with real processes; it fails if a rival's totals are wrong. */
class PipelineBenchmarkTest {
  @Test
  @Tag("system")
  void productAndRivalCountTheWholeLoadAndTheRatioIsTheLastLine() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int exitCode =
        Bench.run(
            List.of(
                "pipeline",
                "--workspaces",
                "10",
                "--events",
                "3000",
                "--runs",
                "1",
                "--rivals",
                "noop",
                "--partitions",
                "2",
                "--heap",
                "256"),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    String text = output.toString(StandardCharsets.UTF_8);

    assertThat(exitCode).isZero();
    assertThat(text).contains("| pipeline ").contains("| noop ");
    assertThat(text.strip().lines().reduce((first, second) -> second).orElseThrow())
        .matches("ratio pipeline/noop \\d+\\.\\d{4}");
  }

  @Test
  void anUnknownRivalIsNamed() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int exitCode =
        Bench.run(
            List.of("pipeline", "--rivals", "noop,nobody"),
            new PrintStream(output, true, StandardCharsets.UTF_8));

    assertThat(exitCode).isEqualTo(2);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("--rivals: 'nobody' is none of");
  }
}
