package io.creditflow.bench;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import io.creditflow.bench.freshness.FreshnessBenchmark;
import io.creditflow.bench.growth.DiskBenchmark;
import io.creditflow.bench.growth.GrowthBenchmark;
import io.creditflow.bench.pipeline.PipelineBenchmark;
import io.creditflow.bench.recovery.RecoveryBenchmark;
import io.creditflow.bench.serving.ServingBenchmark;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The command {@code bin/bench}: runs one benchmark, or all of them. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "[NAME]",
    description = "Runs one benchmark, or all of these (takes more than an hour):",
    subcommands = {
      PipelineBenchmark.class,
      ServingBenchmark.class,
      FreshnessBenchmark.class,
      GrowthBenchmark.class,
      RecoveryBenchmark.class,
      DiskBenchmark.class,
      ProjectionsBenchmark.class,
      SpikesBenchmark.class
    })
public final class Bench implements Callable<Integer> {
  @Mixin StandardOptions standard;
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.setProperty("logback.configurationFile", "bench-log.xml");
    System.exit(CommandRunner.run(new Bench(), args));
  }

  @Override
  public Integer call() throws Exception {
    runAll(new LinkedHashSet<>(spec.subcommands().values()), spec.commandLine().getOut());
    return 0;
  }

  /**
   * Runs benchmarks one after the other, except those with a required option. Prints all ratios at
   * the end.
   */
  static void runAll(Collection<CommandLine> benchmarks, PrintWriter out) throws Exception {
    List<String> ratios = new ArrayList<>();
    for (CommandLine command : benchmarks) {
      CommandSpec benchmark = command.getCommandSpec();
      String about = String.join(" ", benchmark.usageMessage().header());
      List<String> missing =
          benchmark.options().stream()
              .filter(OptionSpec::required)
              .map(OptionSpec::longestName)
              .toList();
      if (missing.isEmpty()) {
        out.println("## " + benchmark.name() + ": " + about);
        command.setOut(out).parseArgs(); // sets the default values
        ratios.addAll(((Benchmark) benchmark.userObject()).measureAndReport());
      } else {
        out.println("## " + benchmark.name() + " is not run: it needs " + missing);
      }
    }
    ratios.forEach(out::println);
  }
}
