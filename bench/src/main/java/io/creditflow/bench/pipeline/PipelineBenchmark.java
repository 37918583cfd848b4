package io.creditflow.bench.pipeline;

import io.creditflow.bench.Benchmark;
import io.creditflow.bench.BenchmarkOptions;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.HostInfo;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.pipeline.dsl.DslApp;
import io.creditflow.bench.pipeline.postgres.PostgresRival;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.bench.workload.WorkloadTotals;
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
          WorkloadTotals::countedLines,
          List.of(
              "Kafka Streams' DSL as in its tutorials: window store of event ids, groupBy,"
                  + " aggregate per campaign, windowedBy day, balance per workspace; no ledger,"
                  + " hours, alerts or HTTP",
              RivalStreamsConfig.IN_WORDS));
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
  public void run(BenchmarkOptions options, PrintStream out) throws Exception {
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
    JvmCommand jvm = JvmCommand.withHeap((int) options.number("heap", 768));
    List<Rival> rivals = new ArrayList<>(List.of(PRODUCT));
    rivals.addAll(options.choice("rivals", RIVALS, Rival::name));
    WorkloadMix usual =
        WorkloadMix.usual(options.number("seed", 1), options.number("events", 3_000_000));
    Map<PipelineLoad, Map<Rival, List<Measurement>>> measurements = new LinkedHashMap<>();
    for (PipelineLoad load : PipelineLoad.of(options)) {
      WorkloadMix mix = usual.withCampaigns(load.workspaces(), load.campaigns());
      measurements.put(load, race(options, mix, rivals, jvm));
    }
    ResultsPage page = new ResultsPage(name(), out);
    HostInfo.describe().forEach(line -> page.line("- %s", line));
    PipelineReport.write(measurements, usual.events(), jvm, page);
    page.finish(options);
  }

  private static Map<Rival, List<Measurement>> race(
      BenchmarkOptions options, WorkloadMix mix, List<Rival> rivals, JvmCommand jvm)
      throws Exception {
    int runs = (int) options.number("runs", 5);
    Map<Rival, List<Measurement>> measurements = new LinkedHashMap<>();
    try (BenchEnvironment environment = BenchEnvironment.open(options.directoryOr("dir", null))) {
      environment.makeTopics((int) options.number("partitions", 12));
      Workload workload = new Workload(mix);
      RivalRunner runner =
          new RivalRunner(environment, workload, publish(environment, workload), jvm);
      for (int round = 0; round < runs; round++) {
        for (Rival rival : rivals) {
          if (round < rival.runsMax()) {
            ReportFormat.progress("run %d of %d: %s", round + 1, runs, rival.name());
            Measurement measurement = runner.run(rival, round);
            ReportFormat.progress(
                "  %,.0f events/s, %.2f us of CPU an event",
                measurement.eventsPerSecond(), measurement.cpuNanosPerEvent() / 1e3);
            measurements.computeIfAbsent(rival, r -> new ArrayList<>()).add(measurement);
          }
        }
      }
    }
    return measurements;
  }

  private static WorkloadTotals publish(BenchEnvironment environment, Workload workload) {
    ReportFormat.progress(
        "publishing %,d events of %,d workspaces and %,d campaigns",
        workload.mix().events(), workload.mix().workspaces(), workload.mix().campaigns());
    try (Publisher publisher =
        new Publisher(environment.bootstrapServers(), environment.registryUrl())) {
      publisher.versions(workload);
      publisher.events(workload, 0, workload.mix().events());
      publisher.flush();
      return publisher.totals();
    }
  }
}
