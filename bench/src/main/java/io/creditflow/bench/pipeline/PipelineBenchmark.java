package io.creditflow.bench.pipeline;

import io.creditflow.bench.Benchmark;
import io.creditflow.bench.Options;
import io.creditflow.bench.Page;
import io.creditflow.bench.Report;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Machine;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.pipeline.dsl.DslApp;
import io.creditflow.bench.pipeline.postgres.PostgresRival;
import io.creditflow.bench.workload.Mix;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Totals;
import io.creditflow.bench.workload.Workload;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events per second of the whole product and of its rivals, over the same topics in one run. */
public final class PipelineBenchmark implements Benchmark {
  private static final Rival PRODUCT = new ProductRival();
  private static final Rival DSL =
      new JvmRival(
          "dsl",
          DslApp.class.getName(),
          Totals::countedLines,
          List.of(
              "Kafka Streams' DSL as in its tutorials: window store of event ids, groupBy,"
                  + " aggregate per campaign, windowedBy day, balance per workspace; no ledger,"
                  + " hours, alerts or HTTP",
              StreamsSettings.IN_WORDS));
  private static final List<Rival> RIVALS =
      List.of(ConsumerRival.RIVAL, NoopRival.RIVAL, DSL, new PostgresRival(), new FlinkRival());

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String options() {
    return "[--events 3000000] [--runs 5] [--rivals consumer,noop,dsl,postgres,flink] [--partitions"
        + " 12] [--heap 768] [--seed 1] [--dir DIR] [--write-docs]";
  }

  @Override
  public String about() {
    return "events/s of the whole product / those of its rivals";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    options.only("events", "runs", "rivals", "partitions", "heap", "seed", "dir", "write-docs");
    long events = options.number("events", 3_000_000);
    int runs = (int) options.number("runs", 5);
    Jvm jvm = Jvm.withHeap((int) options.number("heap", 768));
    List<Rival> all = new ArrayList<>(List.of(PRODUCT));
    all.addAll(options.choice("rivals", RIVALS, Rival::name));

    Page page = new Page(name(), out);
    Machine.describe().forEach(line -> page.line("- %s", line));
    try (Site site = Site.open(options.directoryOr("dir", null))) {
      site.makeTopics((int) options.number("partitions", 12));
      Workload workload = new Workload(Mix.usual(options.number("seed", 1), events));
      Totals totals = publish(site, workload);
      Race race = new Race(site, workload, totals, jvm);
      Map<Rival, List<Heat>> heats = new LinkedHashMap<>();
      for (int round = 0; round < runs; round++) {
        for (Rival rival : all) {
          Report.progress("run %d of %d: %s", round + 1, runs, rival.name());
          Heat heat = race.run(rival, round);
          Report.progress("  %,.0f events/s", heat.eventsPerSecond());
          heats.computeIfAbsent(rival, r -> new ArrayList<>()).add(heat);
        }
      }
      PipelineReport.write(heats, workload, jvm, page);
      page.finish(options);
    }
  }

  private static Totals publish(Site site, Workload workload) {
    Report.progress("publishing %,d events", workload.mix().events());
    try (Publisher publisher = new Publisher(site.bootstrapServers(), site.registryUrl())) {
      publisher.pictures(workload);
      publisher.events(workload, 0, workload.mix().events());
      publisher.flush();
      return publisher.totals();
    }
  }
}
