package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.product.ServedTotals;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Creditflow with all its features. */
final class ProductRival implements Rival {
  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "the product as it is run: validation, once-only, ledger, days, quarter-hours, totals,"
            + " balance, alerts; HTTP on",
        "all settings default: exactly_once_v2, one stream thread, commit every 100 ms");
  }

  @Override
  public List<String> expectedLines(WorkloadTotals totals) {
    return totals.totalsAsLines();
  }

  @Override
  public Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm) {
    ProductProcess product = ProductProcess.start(environment, directory, group, jvm, Map.of());
    return new ConsumerGroupRun(environment, group) {
      @Override
      public void requireAlive() {
        product.child().requireAlive();
      }

      @Override
      public ProcessUsage resourceUsage() {
        return product.resourceUsage();
      }

      @Override
      public List<String> totals(Workload workload) throws Exception {
        return ServedTotals.lines(product.awaitReady().api(), workload);
      }

      @Override
      public void close() {
        product.close();
        super.close();
        // The next run raises its alerts again.
        environment.deleteTopics(Topics.OUTPUTS::contains);
      }
    };
  }
}
