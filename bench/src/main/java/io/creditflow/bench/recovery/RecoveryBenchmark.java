package io.creditflow.bench.recovery;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.workload.WorkloadMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The rate of restoring state after the loss of a disk, and the outage of reads and writes after
 * kill -9 of an owner.
 */
@Command(
    name = "recovery",
    header =
        "time to restart / restore; rate of restoring / reading the changelog; outage of reads and"
            + " writes after kill -9")
public final class RecoveryBenchmark extends MachineBenchmark {

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "number of events (${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "runs of each kind (${DEFAULT-VALUE})")
  private int runs;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    JvmCommand jvm = jvm();
    WorkloadMix mix = WorkloadMix.usual(seed(), events);
    try (BenchEnvironment environment = openEnvironment()) {
      LoadedProduct loaded = LoadedProduct.of(environment, mix, 12, jvm);
      measureRestore(loaded, jvm, runs, page);
      measureFailover(loaded, jvm, runs, page);
    }
  }

  private static void measureRestore(
      LoadedProduct loaded, JvmCommand jvm, int runs, ResultsPage page) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    double[] restoreRates = new double[runs];
    double[] readRates = new double[runs];
    double[] restartSeconds = new double[runs];
    double[] restoreSeconds = new double[runs];
    ProductProcess product = loaded.product();
    for (int run = 0; run < runs; run++) {
      ReportFormat.progress(
          "killing the product and deleting its state, run %d of %d", run + 1, runs);
      product.child().kill();
      Restore.Outcome restarted = Restore.restart(loaded.environment(), jvm, 0);
      restarted.product().close();
      Restore consumer = Restore.readByConsumer(loaded.environment(), jvm);
      Restore.Outcome restored =
          Restore.restoreByProduct(loaded.environment(), jvm, consumer.records());
      product = restored.product();
      restoreRates[run] = restored.restore().recordsPerSecond();
      readRates[run] = consumer.recordsPerSecond();
      restartSeconds[run] = restarted.restore().seconds();
      restoreSeconds[run] = restored.restore().seconds();
      rows.add(
          List.of(
              Integer.toString(run + 1),
              String.format(Locale.ROOT, "%,d", consumer.records()),
              String.format(Locale.ROOT, "%.2f", restartSeconds[run]),
              String.format(Locale.ROOT, "%.2f", restoreSeconds[run]),
              String.format(Locale.ROOT, "%.2f", consumer.seconds())));
    }
    product.close();
    page.line(
        "- %,d events counted; restarted: killed with -9 and started on the same disk; restored:"
            + " stopped, state deleted, started again; both from the first rebalance to RUNNING (12"
            + " partitions); consumed: by a bare consumer over the same changelog; fresh JVM each",
        loaded.workload().mix().events());
    page.table(
        List.of("run", "changelog rows", "restarted in s", "restored in s", "consumed in s"), rows);
    page.ratio(
        "restart/restore",
        ReportFormat.median(restartSeconds) / ReportFormat.median(restoreSeconds));
    page.ratio(
        "restore/consumer", ReportFormat.median(restoreRates) / ReportFormat.median(readRates));
  }

  private static void measureFailover(
      LoadedProduct loaded, JvmCommand jvm, int runs, ResultsPage page) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ReportFormat.progress("killing an owner, run %d of %d", run + 1, runs);
      Failover.Outage away = Failover.run(loaded.environment(), jvm, run);
      rows.add(
          List.of(
              Integer.toString(run + 1),
              String.format(Locale.ROOT, "%.2f", away.readsSeconds()),
              String.format(Locale.ROOT, "%.2f", away.writesSeconds())));
    }
    page.line(
        "- kill -9: two instances with copies of each other's partitions, one is killed; one"
            + " workspace of each partition gets an event every 200 ms and is read from the other"
            + " instance every 20 ms; reads away: the longest time without an answer for any of"
            + " these workspaces; writes away: the longest time from the kill until an answer"
            + " included an event published after it");
    page.table(List.of("run", "reads away s", "writes away s"), rows);
  }
}
