package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.pipeline.Rival.Run;
import io.creditflow.bench.workload.Totals;
import io.creditflow.bench.workload.Workload;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs rivals over a published load; one that counts otherwise than the load says fails. */
record Race(Site site, Workload workload, Totals totals, Jvm jvm) {

  Heat run(Rival rival, int round) throws Exception {
    String group = "bench-" + rival.name() + "-" + round;
    Path directory = site.scratch().directory(group);
    long started = System.nanoTime();
    try (Run run = rival.start(site, directory, group, jvm)) {
      Heat heat = Heat.of(run, workload.mix().events(), started);
      requireSame(rival.expected(totals), run.totals(workload));
      return heat;
    } catch (RuntimeException e) {
      throw new IllegalStateException(rival.name() + " does not count: " + e.getMessage(), e);
    } finally {
      site.scratch().remove(group);
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
