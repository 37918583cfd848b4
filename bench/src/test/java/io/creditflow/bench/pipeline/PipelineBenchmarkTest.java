package io.creditflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.bench.Bench;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The smallest race there is, with real processes; it fails if a rival's totals are wrong. */
class PipelineBenchmarkTest {
  @Test
  @Tag("system")
  void productAndRivalCountTheWholeLoadAndTheRatioIsTheLastLine() {
    StringWriter output = new StringWriter();
    int exitCode =
        CommandRunner.run(
            new Bench(),
            new PrintWriter(output),
            new PrintWriter(output),
            "pipeline",
            "--workspaces=10",
            "--events=3000",
            "--runs=1",
            "--rivals=noop",
            "--partitions=2",
            "--heap=256");
    String text = output.toString();

    assertThat(exitCode).isZero();
    assertThat(text).contains("| pipeline ").contains("| noop ");
    assertThat(text.strip().lines().reduce((first, second) -> second).orElseThrow())
        .matches("ratio pipeline/noop \\d+\\.\\d{4}");
  }

  @Test
  void anUnknownRivalIsNamed() {
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);

    assertThat(CommandRunner.run(new Bench(), out, out, "pipeline", "--rivals=noop,nobody"))
        .isEqualTo(2);
    assertThat(output.toString()).contains("--rivals", "'nobody' is none of [consumer, noop");
  }
}
