package io.creditflow.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * One benchmark, a command of {@code bin/bench}: prints its tables and ends with one {@code ratio
 * NAME VALUE} line per ratio (contract section 6).
 */
public abstract class Benchmark implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Measures, and writes what was found as it comes. */
  protected abstract void measure(ResultsPage page) throws Exception;

  /** Whether what was found goes into {@code docs/performance.md}, too. */
  protected boolean writesDocs() {
    return false;
  }

  /** Measures all but the printing of the ratios, which are returned as lines. */
  final List<String> measured() throws Exception {
    ResultsPage page = new ResultsPage(spec.name(), spec.commandLine().getOut());
    measure(page);
    if (writesDocs()) {
      page.writeDocs();
    }
    return page.ratios();
  }

  @Override
  public final Integer call() throws Exception {
    measured().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
