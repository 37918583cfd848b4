package io.creditflow.bench.growth;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.growth.Timeline.Point;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.GroupProgress;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed, memory and read latency as the ledger, the number of campaigns and one workspace grow. */
@Command(
    name = "growth",
    header = "events/s and reads from the first to the last million ledger rows; many campaigns")
public final class GrowthBenchmark extends MachineBenchmark {

  private static final long FIRST_MARK = 1_000_000;
  private static final long WINDOW = 500_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "ledger rows of the run that measures growth (${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "events of each other run (${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--campaigns",
      paramLabel = "N",
      split = ",",
      defaultValue = "100,10000,1000000",
      description = "numbers of campaigns, each for one run (${DEFAULT-VALUE})")
  private List<Integer> campaigns;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    WorkloadMix mix = WorkloadMix.usual(seed(), rows);
    measureLedger(mix, page);

    List<Variant> variants = new ArrayList<>();
    for (int count : campaigns) {
      int workspaces = Math.min(1_000, Math.max(10, count / 10));
      WorkloadMix many = mix.withEvents(events).withCampaigns(workspaces, count);
      variants.add(measureVariant("%,d campaigns".formatted(count), many));
    }
    WorkloadMix hot = mix.withEvents(events).withHotShare(0.9);
    variants.add(measureVariant("90 % in one workspace", hot));
    page.line("%,d events each, in a fresh process, the first fifth left out:", events);
    page.table(List.of("", "events/s", "peak MiB"), variants.stream().map(Variant::cells).toList());
    for (int i = 1; i < campaigns.size(); i++) {
      page.ratio(
          "growth/campaigns-" + campaigns.get(i),
          variants.get(i).eventsPerSecond / variants.get(0).eventsPerSecond);
    }
  }

  private void measureLedger(WorkloadMix mix, ResultsPage page) throws Exception {
    try (BenchEnvironment environment = openEnvironment()) {
      environment.makeTopics(12);
      Workload workload = publish(environment, mix);
      ProductProcess product = LoadedProduct.start(environment, "creditflow", jvm(), Map.of());
      ReportFormat.progress("counting %,d events", rows);
      try (BackgroundReader reader = BackgroundReader.start(product, workload)) {
        Timeline timeline =
            Timeline.of(product, new GroupProgress(environment.admin(), LoadedProduct.GROUP), rows);
        page.line(
            "- %,d events in one go, everything in %s; rates over the %,d events before each mark;"
                + " reads: credits, trends and history in turn, 50/s, while the product counts at"
                + " full speed; -: every answer was 503, as at the beginning of a first run (decision"
                + " 14)",
            rows, environment.scratch().kind(), WINDOW);
        List<List<String>> table = new ArrayList<>();
        double first = 0;
        double last = 0;
        for (long mark : marks(rows)) {
          long from = Math.max(0, mark - WINDOW);
          Point end = timeline.at(mark);
          last = timeline.eventsPerSecond(from, mark);
          first = first == 0 ? last : first;
          table.add(
              List.of(
                  "%,d".formatted(mark),
                  String.format(Locale.ROOT, "%,.0f", last),
                  formatMillis(reader.p99Millis(timeline.at(from).nanos(), end.nanos())),
                  "%,d".formatted(end.usage().residentBytes() >> 20)));
        }
        page.table(List.of("ledger rows", "events/s", "read p99 ms", "resident MiB"), table);
        page.line(
            "Resident memory: %,d MiB halfway, %,d MiB at the end, never more than %,d MiB.",
            timeline.at(rows / 2).usage().residentBytes() >> 20,
            timeline.at(rows).usage().residentBytes() >> 20,
            timeline.residentMebibytesMax());
        page.line("");
        page.ratio("growth/events", last / first);
      }
    }
  }

  private static String formatMillis(double millis) {
    return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%.1f", millis);
  }

  /** The numbers of rows at which rates are reported. For 20 million: 1, 5 and 20 million. */
  private static List<Long> marks(long rows) {
    List<Long> marks = new ArrayList<>();
    marks.add(Math.min(FIRST_MARK, rows / 2));
    marks.add(Math.max(marks.get(0) + 1, rows / 4));
    marks.add(rows);
    return marks;
  }

  private record Variant(String name, double eventsPerSecond, long residentMebibytesMax) {
    List<String> cells() {
      return List.of(
          name,
          String.format(Locale.ROOT, "%,.0f", eventsPerSecond),
          "%,d".formatted(residentMebibytesMax));
    }
  }

  private Variant measureVariant(String name, WorkloadMix mix) throws Exception {
    ReportFormat.progress("%s", name);
    try (BenchEnvironment environment = openEnvironment()) {
      environment.makeTopics(12);
      publish(environment, mix);
      ProductProcess product = LoadedProduct.start(environment, "creditflow", jvm(), Map.of());
      Timeline timeline =
          Timeline.of(
              product, new GroupProgress(environment.admin(), LoadedProduct.GROUP), mix.events());
      return new Variant(
          name,
          timeline.eventsPerSecond(mix.events() / 5, mix.events()),
          timeline.residentMebibytesMax());
    }
  }

  private static Workload publish(BenchEnvironment environment, WorkloadMix mix) {
    ReportFormat.progress("publishing %,d events", mix.events());
    Workload workload = new Workload(mix);
    try (Publisher publisher =
        new Publisher(environment.bootstrapServers(), environment.registryUrl())) {
      publisher.publishVersions(workload);
      publisher.publishEvents(workload, 0, mix.events());
      publisher.flush();
    }
    return workload;
  }
}
