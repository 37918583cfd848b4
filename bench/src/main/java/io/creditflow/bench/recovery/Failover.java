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

/** An owner is killed; the instance that has copies of its partitions is asked on and on. */
final class Failover {
  private static final int PARTITIONS = 12;

  /** A copy is never quite complete while events arrive; this is a moment of them. */
  private static final long COPY_BEHIND_MAX = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Failover() {}

  /** The longest that any partition's workspace could not be read, and not be written. */
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
      for (String workspace : oneOfEachPartition(round)) {
        probes.add(AvailabilityProbe.start(other, visibility, workspace));
      }
      Await.until(
          "every partition counts",
          PATIENCE,
          () -> probes.stream().allMatch(probe -> probe.seen() > 0));
      Await.until("there is a copy of every partition", PATIENCE, () -> hasCopies(other));
      long killed = System.nanoTime();
      probes.forEach(AvailabilityProbe::killed);
      owner.child().kill();
      Await.until(
          "every partition counts again",
          PATIENCE,
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
    List<Long> behind = product.stateBehind();
    return behind.size() == PARTITIONS
        && behind.stream().allMatch(records -> records <= COPY_BEHIND_MAX);
  }

  private static List<String> oneOfEachPartition(int round) {
    String[] found = new String[PARTITIONS];
    int left = PARTITIONS;
    for (int i = 0; left > 0; i++) {
      String name = "witness-" + round + "-" + i;
      int partition = Partitioning.partitionOf(name, PARTITIONS);
      if (found[partition] == null) {
        found[partition] = name;
        left--;
      }
    }
    return List.of(found);
  }
}
