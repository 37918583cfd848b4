package io.creditflow.bench.growth;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bytes per event on its topic, in the state and in the state's changelog. */
@Command(
    name = "disk",
    header = "bytes per event of the input, of the state on disk and of its changelog")
public final class DiskBenchmark extends MachineBenchmark {

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "number of events (${DEFAULT-VALUE})")
  private int events;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    WorkloadMix narrow = WorkloadMix.usual(seed(), events);
    WorkloadMix wide = narrow.wide();
    Usage wideUsage = measure(wide);
    Usage narrowUsage = measure(narrow);
    page.line(
        "- after %,d events (95 %% new) and a clean stop; wide: %,d workspaces, %,d campaigns;"
            + " narrow: %,d and %,d",
        events, wide.workspaces(), wide.campaigns(), narrow.workspaces(), narrow.campaigns());
    page.table(
        List.of("bytes/event", "wide", "narrow"),
        List.of(
            row("input topics (lz4)", wideUsage.input, narrowUsage.input),
            row("state on disk", wideUsage.state, narrowUsage.state),
            row("changelog, not yet compacted", wideUsage.changelog, narrowUsage.changelog)));
  }

  /** Bytes on disk. */
  private record Usage(long input, long state, long changelog) {}

  private Usage measure(WorkloadMix mix) throws Exception {
    try (BenchEnvironment environment = openEnvironment()) {
      LoadedProduct loaded = LoadedProduct.of(environment, mix, 12, jvm());
      loaded.product().close(); // closing flushes RocksDB's memtables
      return new Usage(
          topicBytes(environment, topic -> Topics.INPUTS.stream().anyMatch(topic::startsWith)),
          ScratchDirectory.bytes(loaded.product().stateDirectory()),
          topicBytes(
              environment,
              topic -> topic.startsWith(LoadedProduct.GROUP + "-credit-state-changelog")));
    }
  }

  private List<String> row(String name, long wide, long narrow) {
    return List.of(name, perEvent(wide), perEvent(narrow));
  }

  private String perEvent(long bytes) {
    return String.format(Locale.ROOT, "%.1f", (double) bytes / events);
  }

  /** Bytes of the log segments of topics, without their indexes. */
  private static long topicBytes(BenchEnvironment environment, Predicate<String> which)
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
