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
    return "[--workspaces N] [--campaigns N] [--events 3000000] [--runs 5] [--rivals"
        + " consumer,noop,dsl,postgres,flink] [--partitions 12] [--heap 768] [--seed 1] [--dir DIR]"
        + " [--write-docs]";
  }

  @Override
  public String about() {
    return "events/s of the whole product / those of its rivals, on a wide and a narrow load";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    options.only(
        "workspaces",
        "campaigns",
        "events",
        "runs",
        "rivals",
        "partitions",
        "heap",
        "seed",
        "dir",
        "write-docs");
    Jvm jvm = Jvm.withHeap((int) options.number("heap", 768));
    List<Rival> rivals = new ArrayList<>(List.of(PRODUCT));
    rivals.addAll(options.choice("rivals", RIVALS, Rival::name));
    Mix usual = Mix.usual(options.number("seed", 1), options.number("events", 3_000_000));
    Map<Load, Map<Rival, List<Heat>>> heats = new LinkedHashMap<>();
    for (Load load : Load.of(options)) {
      Mix mix = usual.withCampaigns(load.workspaces(), load.campaigns());
      heats.put(load, race(options, mix, rivals, jvm));
    }
    Page page = new Page(name(), out);
    Machine.describe().forEach(line -> page.line("- %s", line));
    PipelineReport.write(heats, usual.events(), jvm, page);
    page.finish(options);
  }

  private static Map<Rival, List<Heat>> race(Options options, Mix mix, List<Rival> rivals, Jvm jvm)
      throws Exception {
    int runs = (int) options.number("runs", 5);
    Map<Rival, List<Heat>> heats = new LinkedHashMap<>();
    try (Site site = Site.open(options.directoryOr("dir", null))) {
      site.makeTopics((int) options.number("partitions", 12));
      Workload workload = new Workload(mix);
      Race race = new Race(site, workload, publish(site, workload), jvm);
      for (int round = 0; round < runs; round++) {
        for (Rival rival : rivals) {
          if (round < rival.runsMax()) {
            Report.progress("run %d of %d: %s", round + 1, runs, rival.name());
            Heat heat = race.run(rival, round);
            Report.progress(
                "  %,.0f events/s, %.2f us of CPU an event",
                heat.eventsPerSecond(), heat.cpuNanosPerEvent() / 1e3);
            heats.computeIfAbsent(rival, r -> new ArrayList<>()).add(heat);
          }
        }
      }
    }
    return heats;
  }

  private static Totals publish(Site site, Workload workload) {
    Report.progress(
        "publishing %,d events of %,d workspaces and %,d campaigns",
        workload.mix().events(), workload.mix().workspaces(), workload.mix().campaigns());
    try (Publisher publisher = new Publisher(site.bootstrapServers(), site.registryUrl())) {
      publisher.pictures(workload);
      publisher.events(workload, 0, workload.mix().events());
      publisher.flush();
      return publisher.totals();
    }
  }
}
