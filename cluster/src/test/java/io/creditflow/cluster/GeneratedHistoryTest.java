package io.creditflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.audit.Audit;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A generated history through the public API: over the real broker and HTTP, with instances killed
 * without warning and partitions moving there and back and there again, every answer equals the
 * reference calculator's. {@code -Dseed=N} runs one again.
 */
@Tag("system")
class GeneratedHistoryTest {
  private static final int PARTITIONS = 4;
  private static final int PORTION = 400;
  private static final Duration MOVE = Duration.ofSeconds(90);
  private static final List<String> WORKSPACES =
      IntStream.range(0, 6).mapToObj(number -> "w" + number).toList();

  private final long seed = Long.getLong("seed", System.nanoTime());
  private Cluster cluster;
  private InstanceProcess first;
  private InstanceProcess second;

  @Test
  void everyAnswerEqualsTheRefereesWhateverWasKilledAndMoved() {
    System.out.println("Seeded run: -Dseed=" + seed);
    Path root = ScratchDirectory.make("seeded");
    try (Cluster fresh = Cluster.start(ClusterPlan.of(1, 2, PARTITIONS), root)) {
      cluster = fresh;
      first = cluster.instance(0);
      second = cluster.instance(1);
      first.start();
      second.start();
      publishWhileTheyAreKilled();
      audit();
    } finally {
      ScratchDirectory.delete(root);
    }
  }

  private void publishWhileTheyAreKilled() {
    try (Upstream upstream =
        new Upstream(
            cluster.bootstrapServers(), cluster.registryUrl(), PARTITIONS, seed, WORKSPACES)) {
      awaitOwners(second, Set.of(first, second));
      upstream.publish(PORTION);
      first.kill();
      upstream.publish(PORTION);
      awaitOwners(second, Set.of(second));
      upstream.publish(PORTION);
      first.start();
      awaitOwners(second, Set.of(first, second));
      upstream.publish(PORTION);
      first.kill();
      upstream.publish(PORTION);
      awaitOwners(second, Set.of(second));
      upstream.publish(PORTION);
      // back before anybody misses it
      second.kill();
      second.start();
      upstream.publish(PORTION);
      upstream.flush();
    }
    second.awaitReady();
  }

  private void awaitOwners(InstanceProcess asked, Set<InstanceProcess> owners) {
    Set<String> addresses = Set.copyOf(owners.stream().map(InstanceProcess::address).toList());
    Await.until(
        () -> "partitions are owned by " + owners.size() + "; " + cluster.owners(asked),
        MOVE,
        () -> {
          Map<Integer, String> found = cluster.owners(asked);
          return found.size() == PARTITIONS && Set.copyOf(found.values()).equals(addresses);
        });
  }

  private void audit() {
    try (Audit audit = Audit.of(cluster, second, seed)) {
      Audit.AuditReport report = audit.run(System.out::println);
      assertThat(report.drift()).as("-Dseed=" + seed + "\n" + report).isZero();
    }
  }
}
