package io.creditflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  @Test
  void theRatiosOfAllComeLast() throws Exception {
    Bench.runAll(List.of(new OneRatio("a"), new OneRatio("b")), out);

    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "## a: counts",
            "table of a",
            "## b: counts",
            "table of b",
            "ratio a 0.5000",
            "ratio b 0.5000");
  }

  @Test
  void whatThereIsNotIsSaid() throws Exception {
    assertThat(Bench.run(List.of("nothing"), out)).isEqualTo(2);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("bin/bench --help");
  }

  private record OneRatio(String name) implements Benchmark {
    @Override
    public String options() {
      return "";
    }

    @Override
    public String about() {
      return "counts";
    }

    @Override
    public void run(BenchmarkOptions options, PrintStream out) {
      out.println("table of " + name);
      ReportFormat.ratio(out, name, 0.5);
    }
  }
}
