package io.creditflow.bench.recovery;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.product.VisibilityProbe;
import io.creditflow.schemas.Partitioning;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kills an owner, and measures how long the instance with the standby copies cannot serve its
 * partitions.
 */
final class Failover {
  private static final int PARTITIONS = 12;

  /**
   * The lag in records at which a standby copy counts as complete. It is not 0, because events
   * arrive all the time.
   */
  private static final long COPY_LAG_MAX = 200;

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private Failover() {}

  /** The longest outage of any partition: of reads, and until a new event was visible. */
  record Outage(double readsSeconds, double writesSeconds) {}

  static Outage run(BenchEnvironment environment, JvmCommand jvm, int round) throws Exception {
    ProductProcess owner =
        LoadedProduct.start(environment, "owner-" + round, jvm, Map.of()).awaitReady();
    ProductProcess other =
        LoadedProduct.start(environment, "other-" + round, jvm, Map.of()).awaitReady();
    List<AvailabilityProbe> probes = new ArrayList<>();
    VisibilityProbe visibility =
        new VisibilityProbe(environment.bootstrapServers(), environment.registryUrl());
    try {
      for (String workspace : workspaceOfEachPartition(round)) {
        probes.add(AvailabilityProbe.start(other, visibility, workspace));
      }
      Await.until(
          "every partition has counted an event",
          TIMEOUT,
          () -> probes.stream().allMatch(probe -> probe.eventsSeen() > 0));
      Await.until("every partition has a standby copy", TIMEOUT, () -> hasCopies(other));
      long killed = System.nanoTime();
      probes.forEach(AvailabilityProbe::markKill);
      owner.child().kill();
      Await.until(
          "every partition counts again",
          TIMEOUT,
          () -> probes.stream().allMatch(AvailabilityProbe::isRecovered));
      double reads =
          probes.stream().mapToDouble(AvailabilityProbe::readOutageSeconds).max().orElse(0);
      double writes =
          probes.stream().mapToDouble(w -> w.writeOutageSeconds(killed)).max().orElse(0);
      return new Outage(reads, writes);
    } finally {
      probes.forEach(AvailabilityProbe::close);
      visibility.close();
      owner.close();
      other.close();
    }
  }

  private static boolean hasCopies(ProductProcess product) throws Exception {
    List<Long> lags = product.changelogLags();
    return lags.size() == PARTITIONS && lags.stream().allMatch(lag -> lag <= COPY_LAG_MAX);
  }

  private static List<String> workspaceOfEachPartition(int round) {
    String[] found = new String[PARTITIONS];
    int left = PARTITIONS;
    for (int i = 0; left > 0; i++) {
      String name = "probed-" + round + "-" + i;
      int partition = Partitioning.partitionOf(name, PARTITIONS);
      if (found[partition] == null) {
        found[partition] = name;
        left--;
      }
    }
    return List.of(found);
  }
}
