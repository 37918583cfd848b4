package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.pipeline.Rival.Run;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs rivals over a published load. A run fails if its totals differ from the load's. */
record RivalRunner(
    BenchEnvironment environment, Workload workload, WorkloadTotals totals, JvmCommand jvm) {

  Measurement run(Rival rival, int round) throws Exception {
    String group = "bench-" + rival.name() + "-" + round;
    Path directory = environment.scratch().directory(group);
    long started = System.nanoTime();
    try (Run run = rival.start(environment, directory, group, jvm)) {
      Measurement measurement = Measurement.of(run, workload.mix().events(), started);
      requireSame(rival.expectedLines(totals), run.totals(workload));
      return measurement;
    } catch (RuntimeException e) {
      throw new IllegalStateException(rival.name() + " failed: " + e.getMessage(), e);
    } finally {
      environment.scratch().remove(group);
    }
  }

  private static void requireSame(List<String> expected, List<String> counted) {
    Set<String> missing = new HashSet<>(expected);
    counted.forEach(missing::remove);
    Set<String> surplus = new HashSet<>(counted);
    expected.forEach(surplus::remove);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new IllegalStateException(
          "its totals differ: %d of %d lines are missing (first: %s), %d are too much (first: %s)"
              .formatted(
                  missing.size(),
                  expected.size(),
                  missing.stream().sorted().findFirst().orElse("none"),
                  surplus.size(),
                  surplus.stream().sorted().findFirst().orElse("none")));
    }
  }
}
