package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.ProcessUse;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.product.Product;
import io.creditflow.bench.product.ServedTotals;
import io.creditflow.bench.workload.Totals;
import io.creditflow.bench.workload.Workload;
import io.creditflow.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Creditflow, whole. */
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
  public List<String> expected(Totals totals) {
    return totals.countedLines();
  }

  @Override
  public Run start(Site site, Path directory, String group, Jvm jvm) {
    Product product = Product.start(site, directory, group, jvm, Map.of());
    return new GroupRun(site, group) {
      @Override
      public void mustRun() {
        product.child().requireAlive();
      }

      @Override
      public ProcessUse use() {
        return product.use();
      }

      @Override
      public List<String> totals(Workload workload) throws Exception {
        return ServedTotals.lines(product.awaitReady().api(), workload);
      }

      @Override
      public void close() {
        product.close();
        super.close();
        // The next run raises its alerts anew.
        site.deleteTopics(Topics.OUTPUTS::contains);
      }
    };
  }
}
