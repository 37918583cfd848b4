package io.creditflow.bench;

import io.creditflow.bench.freshness.FreshnessBenchmark;
import io.creditflow.bench.growth.DiskBenchmark;
import io.creditflow.bench.growth.GrowthBenchmark;
import io.creditflow.bench.pipeline.PipelineBenchmark;
import io.creditflow.bench.recovery.RecoveryBenchmark;
import io.creditflow.bench.serving.ServingBenchmark;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code bin/bench}: runs the benchmark named first, or lists them all. */
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
  static int run(List<String> args, PrintStream out) throws Exception {
    if (args.isEmpty()) {
      out.println("bin/bench NAME [OPTIONS], where NAME is one of");
      for (Benchmark benchmark : ALL) {
        out.printf("  %-12s %s%n", benchmark.name(), benchmark.about());
        out.printf("  %-12s   %s%n", "", benchmark.options());
      }
      return 0;
    }
    for (Benchmark benchmark : ALL) {
      if (benchmark.name().equals(args.get(0))) {
        try {
          benchmark.run(Options.of(args.subList(1, args.size())), out);
          return 0;
        } catch (Options.WrongOptionException wrong) {
          out.println("bin/bench " + benchmark.name() + ": " + wrong.getMessage());
          out.println("usage: bin/bench " + benchmark.name() + " " + benchmark.options());
          return 2;
        }
      }
    }
    out.println(
        "bin/bench: no benchmark is called '" + args.get(0) + "'; without a name it lists all");
    return 2;
  }
}
