package io.creditflow.bench.growth;

import io.creditflow.bench.Benchmark;
import io.creditflow.bench.BenchmarkOptions;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.HostInfo;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Bytes that an event takes: on its topic, in the state, in their changelog. */
public final class DiskBenchmark implements Benchmark {
  @Override
  public String name() {
    return "disk";
  }

  @Override
  public String options() {
    return "[--events 1000000] [--seed 1] [--dir DIR] [--write-docs]";
  }

  @Override
  public String about() {
    return "bytes per event of the input, of the state on disk and of its changelog";
  }

  @Override
  public void run(BenchmarkOptions options, PrintStream out) throws Exception {
    options.only("events", "seed", "dir", "write-docs");
    ResultsPage page = new ResultsPage(name(), out);
    HostInfo.describe().forEach(line -> page.line("- %s", line));
    WorkloadMix mix =
        WorkloadMix.usual(options.number("seed", 1), options.number("events", 1_000_000));
    try (BenchEnvironment environment = BenchEnvironment.open(options.directoryOr("dir", null))) {
      LoadedProduct loaded = LoadedProduct.of(environment, mix, 12, JvmCommand.withHeap(768));
      loaded.product().close(); // which writes what RocksDB still holds in memory
      double events = mix.events();
      long input = topics(environment, topic -> Topics.INPUTS.stream().anyMatch(topic::startsWith));
      long changelog =
          topics(
              environment,
              topic -> topic.startsWith(LoadedProduct.GROUP + "-credit-state-changelog"));
      page.line(
          "- after %,d events (95 %% new) of %,d campaigns and a clean stop",
          mix.events(), mix.campaigns());
      page.table(
          List.of("", "bytes/event"),
          List.of(
              row("input topics (lz4)", input / events),
              row("state on disk", ScratchDirectory.bytes(loaded.product().state()) / events),
              row("changelog, not yet compacted", changelog / events)));
      page.finish(options);
    }
  }

  private static List<String> row(String name, double bytes) {
    return List.of(name, String.format(Locale.ROOT, "%.1f", bytes));
  }

  /** Bytes of the log segments of topics, without their indexes. */
  private static long topics(BenchEnvironment environment, Predicate<String> which)
      throws IOException {
    Path logs = environment.scratch().path("broker").resolve("kafka");
    try (Stream<Path> files = Files.walk(logs)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> which.test(file.getParent().getFileName().toString()))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
