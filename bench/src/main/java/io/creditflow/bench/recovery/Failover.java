package io.creditflow.bench.recovery;

import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.product.Loaded;
import io.creditflow.bench.product.Probe;
import io.creditflow.bench.product.Product;
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
  record Away(double readsSeconds, double writesSeconds) {}

  static Away run(Site site, Jvm jvm, int round) throws Exception {
    Product owner = Loaded.start(site, "owner-" + round, jvm, Map.of()).awaitReady();
    Product other = Loaded.start(site, "other-" + round, jvm, Map.of()).awaitReady();
    List<Witness> witnesses = new ArrayList<>();
    Probe probe = new Probe(site.bootstrapServers(), site.registryUrl());
    try {
      for (String workspace : oneOfEachPartition(round)) {
        witnesses.add(Witness.start(other, probe, workspace));
      }
      Await.until(
          "every partition counts",
          PATIENCE,
          () -> witnesses.stream().allMatch(witness -> witness.seen() > 0));
      Await.until("there is a copy of every partition", PATIENCE, () -> hasCopies(other));
      long killed = System.nanoTime();
      witnesses.forEach(Witness::killed);
      owner.child().kill();
      Await.until(
          "every partition counts again",
          PATIENCE,
          () -> witnesses.stream().allMatch(Witness::isBack));
      double reads = witnesses.stream().mapToDouble(Witness::readsAwaySeconds).max().orElse(0);
      double writes =
          witnesses.stream().mapToDouble(w -> w.writesAwaySeconds(killed)).max().orElse(0);
      return new Away(reads, writes);
    } finally {
      witnesses.forEach(Witness::close);
      probe.close();
      owner.close();
      other.close();
    }
  }

  private static boolean hasCopies(Product product) throws Exception {
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
