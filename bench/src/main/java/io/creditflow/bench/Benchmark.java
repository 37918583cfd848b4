package io.creditflow.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A benchmark, which is a subcommand of {@code bin/bench}. It prints its tables, then one line
 * {@code ratio NAME VALUE} per ratio (contract section 6).
 */
public abstract class Benchmark implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Measures, and writes the results to the page as they become available. */
  protected abstract void measure(ResultsPage page) throws Exception;

  /** Whether to write the results to {@code docs/performance.md}, too. */
  protected boolean writesDocs() {
    return false;
  }

  /** Runs the benchmark and returns the figure and ratio lines without printing them. */
  final List<String> measureAndReport() throws Exception {
    ResultsPage page = new ResultsPage(spec.name(), spec.commandLine().getOut());
    measure(page);
    if (writesDocs()) {
      page.writeDocs();
    }
    return page.lastLines();
  }

  @Override
  public final Integer call() throws Exception {
    measureAndReport().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
