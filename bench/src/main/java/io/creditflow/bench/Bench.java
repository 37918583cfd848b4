package io.creditflow.bench;

import io.creditflow.api.ProductVersion;
import io.creditflow.bench.freshness.FreshnessBenchmark;
import io.creditflow.bench.growth.DiskBenchmark;
import io.creditflow.bench.growth.GrowthBenchmark;
import io.creditflow.bench.pipeline.PipelineBenchmark;
import io.creditflow.bench.recovery.RecoveryBenchmark;
import io.creditflow.bench.serving.ServingBenchmark;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/bench}: runs the benchmark named first, or all of them. */
public final class Bench {
  /** All there are; a new one is a class and a line here. */
  private static final List<Benchmark> ALL =
      List.of(
          new PipelineBenchmark(),
          new ServingBenchmark(),
          new FreshnessBenchmark(),
          new GrowthBenchmark(),
          new RecoveryBenchmark(),
          new DiskBenchmark(),
          new ProjectionsBenchmark(),
          new SpikesBenchmark());

  private Bench() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("logback.configurationFile", "bench-log.xml");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  /** Exit code: 0, or 2 if it was called wrongly. */
  public static int run(List<String> args, PrintStream out) throws Exception {
    if (args.isEmpty()) {
      runAll(ALL, out);
      return 0;
    }
    if (args.get(0).equals(ProductVersion.OPTION)) {
      out.println(ProductVersion.current());
      return 0;
    }
    if (args.get(0).equals("--help")) {
      list(out);
      return 0;
    }
    for (Benchmark benchmark : ALL) {
      if (benchmark.name().equals(args.get(0))) {
        try {
          benchmark.run(BenchmarkOptions.of(args.subList(1, args.size())), out);
          return 0;
        } catch (BenchmarkOptions.WrongOptionException wrong) {
          out.println("bin/bench " + benchmark.name() + ": " + wrong.getMessage());
          out.println("usage: bin/bench " + benchmark.name() + " " + benchmark.options());
          return 2;
        }
      }
    }
    out.println(
        "bin/bench: no benchmark is called '" + args.get(0) + "'; bin/bench --help lists them");
    return 2;
  }

  /** One after the other; all their ratios come last. */
  static void runAll(List<Benchmark> benchmarks, PrintStream out) throws Exception {
    List<String> ratios = new ArrayList<>();
    PrintStream tables =
        new PrintStream(out, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            if (line.startsWith(ReportFormat.RATIO)) {
              ratios.add(line);
            } else {
              super.println(line);
            }
          }
        };
    for (Benchmark benchmark : benchmarks) {
      out.println("## " + benchmark.name() + ": " + benchmark.about());
      benchmark.run(BenchmarkOptions.of(List.of()), tables);
    }
    ratios.forEach(out::println);
  }

  private static void list(PrintStream out) {
    out.println("bin/bench runs all of these (for an hour and more), bin/bench NAME [OPTIONS] one");
    for (Benchmark benchmark : ALL) {
      out.printf("  %-12s %s%n", benchmark.name(), benchmark.about());
      out.printf("  %-12s   %s%n", "", benchmark.options());
    }
  }
}
