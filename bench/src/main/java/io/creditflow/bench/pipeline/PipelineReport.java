package io.creditflow.bench.pipeline;

import io.creditflow.bench.Report;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.workload.Workload;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a race came to, in words. */
final class PipelineReport {
  private PipelineReport() {}

  static void print(Map<Rival, List<Heat>> heats, Workload workload, Jvm jvm, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "load: %,d events (5 %% repeats), %,d workspaces, %,d campaigns; heap %d MiB each%n",
        workload.mix().events(),
        workload.mix().workspaces(),
        workload.mix().campaigns(),
        jvm.heapMegabytes());
    for (Rival rival : heats.keySet()) {
      rival.settings().forEach(line -> out.println(rival.name() + ": " + line));
    }
    out.println();
    out.printf(
        "%-10s %12s %24s %10s %12s %10s%n",
        "", "events/s", "(least .. most)", "seconds", "cpu us/event", "peak MiB");
    double product = 0;
    for (Map.Entry<Rival, List<Heat>> entry : heats.entrySet()) {
      List<Heat> runs = entry.getValue();
      double rate = median(runs, Heat::eventsPerSecond);
      out.printf(
          Locale.ROOT,
          "%-10s %,12.0f %24s %10.1f %12.2f %10.0f%n",
          entry.getKey().name(),
          rate,
          "(%,.0f .. %,.0f)"
              .formatted(
                  runs.stream().mapToDouble(Heat::eventsPerSecond).min().orElse(0),
                  runs.stream().mapToDouble(Heat::eventsPerSecond).max().orElse(0)),
          median(runs, Heat::seconds),
          median(runs, Heat::cpuNanosPerEvent) / 1e3,
          median(runs, heat -> heat.residentPeakBytes() / (double) (1 << 20)));
      product = product == 0 ? rate : product;
    }
    out.println();
    for (Map.Entry<Rival, List<Heat>> entry : heats.entrySet()) {
      if (!(entry.getKey() instanceof ProductRival)) {
        double rate = median(entry.getValue(), Heat::eventsPerSecond);
        Report.ratio(out, "pipeline/" + entry.getKey().name(), product / rate);
      }
    }
  }

  static double median(List<Heat> heats, ToDoubleFunction<Heat> of) {
    return Report.median(heats.stream().mapToDouble(of).toArray());
  }
}
