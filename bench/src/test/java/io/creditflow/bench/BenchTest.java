package io.creditflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.commandline.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class BenchTest {
  private final StringWriter output = new StringWriter();
  private final PrintWriter out = new PrintWriter(output);

  @Test
  void allThatNeedNoOptionAreRunAndTheirRatiosComeLast() throws Exception {
    Bench.runAll(
        List.of(
            new CommandLine(new Half()),
            new CommandLine(new OfSomething()),
            new CommandLine(new Third())),
        out);

    assertThat(output.toString().lines())
        .containsExactly(
            "## half: counts to two",
            "table of 7",
            "## of-something is not run: it needs [--series]",
            "## third: counts to three",
            "ratio half 0.5000",
            "ratio third 0.3333");
  }

  @Test
  void whatThereIsNotIsSaid() {
    assertThat(CommandRunner.run(new Bench(), out, out, "nothing")).isEqualTo(2);
    assertThat(output.toString()).contains("nothing").endsWith("see --help\n");
  }

  @Command(name = "half", header = "counts to two")
  private static final class Half extends Benchmark {
    @Option(names = "--rows", defaultValue = "7")
    private int rows;

    @Override
    protected void measure(ResultsPage page) {
      page.line("table of %d", rows);
      page.ratio("half", 1 / 2.0);
    }
  }

  @Command(name = "third", header = "counts to three")
  private static final class Third extends Benchmark {
    @Override
    protected void measure(ResultsPage page) {
      page.ratio("third", 1 / 3.0);
    }
  }

  @Command(name = "of-something", header = "counts what it is given")
  private static final class OfSomething extends Benchmark {
    @Option(names = "--series", required = true)
    private String series;

    @Override
    protected void measure(ResultsPage page) {
      throw new AssertionError("run without " + series);
    }
  }
}
