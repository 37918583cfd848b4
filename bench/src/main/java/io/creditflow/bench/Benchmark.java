package io.creditflow.bench;

import java.io.PrintStream;

/** One benchmark: prints its tables and ends with one {@code ratio NAME VALUE} line per ratio. */
public interface Benchmark {
  /** What it is called on the command line. */
  String name();

  /** Its options, for the listing; empty if it takes none. */
  String options();

  /** What it measures, in half a line. */
  String about();

  void run(BenchmarkOptions options, PrintStream out) throws Exception;
}
