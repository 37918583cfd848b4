package io.creditflow.bench.pipeline;

import io.creditflow.bench.BarChart;
import io.creditflow.bench.BarChart.Bar;
import io.creditflow.bench.Page;
import io.creditflow.bench.Report;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a race came to. */
final class PipelineReport {
  private PipelineReport() {}

  static void write(Map<Rival, List<Heat>> heats, Workload workload, Jvm jvm, Page page) {
    page.line(
        "- load: %,d events (5 %% repeats), %,d workspaces, %,d campaigns; heap %d MiB each,"
            + " parallel collector; state in %s",
        workload.mix().events(),
        workload.mix().workspaces(),
        workload.mix().campaigns(),
        jvm.heapMegabytes(),
        "the benchmark's directory (memory unless --dir says otherwise)");
    for (Rival rival : heats.keySet()) {
      page.line("- %s: %s", rival.name(), String.join("; ", rival.settings()));
    }
    List<List<String>> rows = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    double product = 0;
    for (Map.Entry<Rival, List<Heat>> entry : heats.entrySet()) {
      String name = entry.getKey().name();
      List<Heat> runs = entry.getValue();
      double rate = median(runs, Heat::eventsPerSecond);
      bars.add(new Bar(name, rate, entry.getKey() instanceof ProductRival));
      rows.add(
          List.of(
              name,
              figure("%,.0f", rate),
              figure("%,.0f", runs.stream().mapToDouble(Heat::eventsPerSecond).min().orElse(0)),
              figure("%,.0f", runs.stream().mapToDouble(Heat::eventsPerSecond).max().orElse(0)),
              figure("%.1f", median(runs, Heat::seconds)),
              figure("%.2f", median(runs, Heat::cpuNanosPerEvent) / 1e3),
              figure("%,.0f", median(runs, heat -> heat.residentPeakBytes() / 1048576.0))));
      if (entry.getKey() instanceof ProductRival) {
        product = rate;
      } else {
        page.ratio("pipeline/" + name, product / rate);
      }
    }
    page.table(
        List.of(
            "median of " + heats.values().iterator().next().size(),
            "events/s",
            "least",
            "most",
            "start to end, s",
            "CPU us/event",
            "peak MiB"),
        rows);
    page.chart(new BarChart("Counting credits", "events/s", bars));
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static double median(List<Heat> heats, ToDoubleFunction<Heat> of) {
    return Report.median(heats.stream().mapToDouble(of).toArray());
  }
}
