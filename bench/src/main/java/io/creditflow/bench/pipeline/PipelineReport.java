package io.creditflow.bench.pipeline;

import io.creditflow.bench.BarChart;
import io.creditflow.bench.BarChart.Bar;
import io.creditflow.bench.Page;
import io.creditflow.bench.Report;
import io.creditflow.bench.machine.Jvm;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a race came to. */
final class PipelineReport {
  private PipelineReport() {}

  /** One row a rival, the loads side by side. */
  static void write(Map<Load, Map<Rival, List<Heat>>> heats, long events, Jvm jvm, Page page) {
    for (Load load : heats.keySet()) {
      page.line(
          "- load%s: %,d events (5 %% repeats), %,d workspaces, %,d campaigns",
          load.label(""), events, load.workspaces(), load.campaigns());
    }
    page.line(
        "- heap %d MiB each, parallel collector; state in the benchmark's directory (memory unless"
            + " --dir says otherwise)",
        jvm.heapMegabytes());
    List<Rival> rivals = List.copyOf(heats.values().iterator().next().keySet());
    List<String> header = new ArrayList<>(List.of("median", "runs"));
    for (Load load : heats.keySet()) {
      for (String column :
          List.of("events/s", "least-most", "CPU us/event", "start to end, s", "peak MiB")) {
        header.add(load.label(column));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (Rival rival : rivals) {
      page.line("- %s: %s", rival.name(), String.join("; ", rival.settings()));
      List<String> row = new ArrayList<>(List.of(rival.name()));
      for (Map.Entry<Load, Map<Rival, List<Heat>>> load : heats.entrySet()) {
        List<Heat> runs = load.getValue().get(rival);
        if (row.size() == 1) {
          row.add(Integer.toString(runs.size()));
        }
        row.addAll(figures(runs));
        bars.add(
            new Bar(
                load.getKey().label(rival.name()),
                median(runs, Heat::eventsPerSecond),
                rival instanceof ProductRival));
      }
      rows.add(row);
    }
    heats.forEach((load, of) -> ratios(load, of, page));
    page.table(header, rows);
    page.chart(new BarChart("Counting credits", "events/s", bars));
  }

  private static List<String> figures(List<Heat> runs) {
    DoubleSummaryStatistics rates =
        runs.stream().mapToDouble(Heat::eventsPerSecond).summaryStatistics();
    return List.of(
        figure("%,.0f", median(runs, Heat::eventsPerSecond)),
        figure("%,.0f", rates.getMin()) + "-" + figure("%,.0f", rates.getMax()),
        figure("%.2f", median(runs, Heat::cpuNanosPerEvent) / 1e3),
        figure("%.1f", median(runs, Heat::seconds)),
        figure("%,.0f", median(runs, heat -> heat.residentPeakBytes() / 1048576.0)));
  }

  private static void ratios(Load load, Map<Rival, List<Heat>> heats, Page page) {
    double product = 0;
    for (Map.Entry<Rival, List<Heat>> entry : heats.entrySet()) {
      double rate = median(entry.getValue(), Heat::eventsPerSecond);
      if (entry.getKey() instanceof ProductRival) {
        product = rate;
      } else {
        page.ratio(load.ratio() + "/" + entry.getKey().name(), product / rate);
      }
    }
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static double median(List<Heat> heats, ToDoubleFunction<Heat> of) {
    return Report.median(heats.stream().mapToDouble(of).toArray());
  }
}
