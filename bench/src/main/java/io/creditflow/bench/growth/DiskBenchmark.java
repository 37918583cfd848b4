package io.creditflow.bench.growth;

import io.creditflow.bench.Benchmark;
import io.creditflow.bench.Options;
import io.creditflow.bench.Page;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Machine;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.product.Loaded;
import io.creditflow.bench.workload.Mix;
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

/** Bytes that an event takes: on its topic, in the books, in their changelog. */
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
  public void run(Options options, PrintStream out) throws Exception {
    options.only("events", "seed", "dir", "write-docs");
    Page page = new Page(name(), out);
    Machine.describe().forEach(line -> page.line("- %s", line));
    Mix mix = Mix.usual(options.number("seed", 1), options.number("events", 1_000_000));
    try (Site site = Site.open(options.directoryOr("dir", null))) {
      Loaded loaded = Loaded.of(site, mix, 12, Jvm.withHeap(768));
      loaded.product().close(); // which writes what RocksDB still holds in memory
      double events = mix.events();
      long input = topics(site, topic -> Topics.INPUTS.stream().anyMatch(topic::startsWith));
      long changelog = topics(site, topic -> topic.startsWith(Loaded.GROUP + "-books-changelog"));
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
  private static long topics(Site site, Predicate<String> which) throws IOException {
    Path logs = site.scratch().path("broker").resolve("kafka");
    try (Stream<Path> files = Files.walk(logs)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> which.test(file.getParent().getFileName().toString()))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
