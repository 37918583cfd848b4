package io.creditflow.bench.pipeline;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.pipeline.dsl.DslApp;
import io.creditflow.bench.pipeline.postgres.PostgresRival;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.bench.workload.WorkloadTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Events per second of the product and of its rivals, over the same topics. */
@Command(
    name = "pipeline",
    header = "events/s of the whole product / those of its rivals, on a wide and a narrow load")
public final class PipelineBenchmark extends MachineBenchmark {

  private static final Rival PRODUCT = new ProductRival();
  private static final Rival DSL =
      new JvmRival(
          "dsl",
          DslApp.class.getName(),
          WorkloadTotals::totalsAsLines,
          List.of(
              "Kafka Streams' DSL as in its tutorials: window store of event ids, groupBy,"
                  + " aggregate per campaign, windowedBy day, balance per workspace; no ledger,"
                  + " hours, alerts or HTTP",
              RivalStreamsConfig.IN_WORDS));
  private static final List<Rival> RIVALS =
      List.of(ConsumerRival.RIVAL, NoopRival.RIVAL, DSL, new PostgresRival(), new FlinkRival());

  @Option(
      names = "--workspaces",
      paramLabel = "N",
      description = "runs one load with so many workspaces instead of both loads")
  private Integer workspaces;

  @Option(
      names = "--campaigns",
      paramLabel = "N",
      description = "runs one load with so many campaigns instead of both loads")
  private Integer campaigns;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "3000000",
      description = "number of events (${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "runs of each rival; slow rivals run less often (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--rivals",
      paramLabel = "NAME",
      split = ",",
      converter = RivalName.class,
      description = "runs only these rivals; default: consumer,noop,dsl,postgres,flink")
  private List<Rival> rivals = RIVALS;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      description = "partitions of each topic (${DEFAULT-VALUE})")
  private int partitions;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    JvmCommand jvm = jvm();
    WorkloadMix usual = WorkloadMix.usual(seed(), events);
    Map<PipelineLoad, Map<Rival, List<Measurement>>> measurements = new LinkedHashMap<>();
    for (PipelineLoad load : PipelineLoad.of(workspaces, campaigns)) {
      WorkloadMix mix = usual.withCampaigns(load.workspaces(), load.campaigns());
      measurements.put(load, race(mix, jvm));
    }
    PipelineReport.write(measurements, usual.events(), jvm, page);
  }

  private Map<Rival, List<Measurement>> race(WorkloadMix mix, JvmCommand jvm) throws Exception {
    List<Rival> all = new ArrayList<>(List.of(PRODUCT));
    all.addAll(rivals);
    Map<Rival, List<Measurement>> measurements = new LinkedHashMap<>();
    try (BenchEnvironment environment = openEnvironment()) {
      environment.makeTopics(partitions);
      Workload workload = new Workload(mix);
      RivalRunner runner =
          new RivalRunner(environment, workload, publish(environment, workload), jvm);
      for (int round = 0; round < runs; round++) {
        for (Rival rival : all) {
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
      publisher.publishVersions(workload);
      publisher.publishEvents(workload, 0, workload.mix().events());
      publisher.flush();
      return publisher.totals();
    }
  }

  static final class RivalName implements ITypeConverter<Rival> {
    @Override
    public Rival convert(String name) {
      return RIVALS.stream()
          .filter(rival -> rival.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is none of %s"
                          .formatted(name, RIVALS.stream().map(Rival::name).toList())));
    }
  }
}
