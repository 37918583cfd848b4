package io.creditflow.bench.pipeline;

import io.creditflow.bench.BarChart;
import io.creditflow.bench.BarChart.Bar;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.JvmCommand;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the results of {@link PipelineBenchmark}. */
final class PipelineReport {
  private PipelineReport() {}

  /** Writes one row per rival, with the loads side by side. */
  static void write(
      Map<PipelineLoad, Map<Rival, List<Measurement>>> measurements,
      long events,
      JvmCommand jvm,
      ResultsPage page) {
    for (PipelineLoad load : measurements.keySet()) {
      page.line(
          "- load%s: %,d events (5 %% repeats), %,d workspaces, %,d campaigns",
          load.label(""), events, load.workspaces(), load.campaigns());
    }
    page.line(
        "- heap %d MiB each, parallel collector; state in the benchmark's directory (memory unless"
            + " --dir says otherwise)",
        jvm.heapMegabytes());
    List<Rival> rivals = List.copyOf(measurements.values().iterator().next().keySet());
    List<String> header = new ArrayList<>(List.of("median", "runs"));
    for (PipelineLoad load : measurements.keySet()) {
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
      for (Map.Entry<PipelineLoad, Map<Rival, List<Measurement>>> load : measurements.entrySet()) {
        List<Measurement> runs = load.getValue().get(rival);
        if (row.size() == 1) {
          row.add(Integer.toString(runs.size()));
        }
        row.addAll(figures(runs));
        bars.add(
            new Bar(
                load.getKey().label(rival.name()),
                median(runs, Measurement::eventsPerSecond),
                rival instanceof ProductRival));
      }
      rows.add(row);
    }
    measurements.forEach((load, of) -> ratios(load, of, page));
    page.table(header, rows);
    page.chart(new BarChart("Counting credits", "events/s", bars));
  }

  private static List<String> figures(List<Measurement> runs) {
    DoubleSummaryStatistics rates =
        runs.stream().mapToDouble(Measurement::eventsPerSecond).summaryStatistics();
    return List.of(
        figure("%,.0f", median(runs, Measurement::eventsPerSecond)),
        figure("%,.0f", rates.getMin()) + "-" + figure("%,.0f", rates.getMax()),
        figure("%.2f", median(runs, Measurement::cpuNanosPerEvent) / 1e3),
        figure("%.1f", median(runs, Measurement::seconds)),
        figure("%,.0f", median(runs, measurement -> measurement.residentPeakBytes() / 1048576.0)));
  }

  private static void ratios(
      PipelineLoad load, Map<Rival, List<Measurement>> measurements, ResultsPage page) {
    double product = 0;
    for (Map.Entry<Rival, List<Measurement>> entry : measurements.entrySet()) {
      double rate = median(entry.getValue(), Measurement::eventsPerSecond);
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

  private static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> of) {
    return ReportFormat.median(measurements.stream().mapToDouble(of).toArray());
  }
}
