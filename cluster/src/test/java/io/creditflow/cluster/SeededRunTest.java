package io.creditflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.audit.Audit;
import io.creditflow.histories.Dice;
import io.creditflow.reference.Rules;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.upstream.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A generated history through the front door: over the real broker and HTTP, with instances killed
 * without warning and partitions moving between them, every answer equals the referee's.
 */
class SeededRunTest {
  private static final List<String> WORKSPACES =
      IntStream.range(0, 6).mapToObj(number -> "w" + number).toList();

  @Test
  void everyAnswerEqualsTheRefereesWhateverWasKilled() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("Seeded run: -Dseed=" + seed);
    Dice dice = new Dice(seed);
    Path root = Directory.temporary("seeded");
    try (Cluster cluster = Cluster.start(ClusterPlan.of(1, 2, 4), root)) {
      cluster.instance(0).start();
      cluster.instance(1).start();
      cluster.instance(0).awaitReady();
      try (Upstream upstream =
          new Upstream(cluster.bootstrapServers(), cluster.registryUrl(), 4, seed, WORKSPACES)) {
        for (int fault = 0; fault < 4; fault++) {
          upstream.publish(400);
          Instance one = cluster.instance(fault % 2);
          if (dice.chance(70)) {
            one.kill();
          } else {
            one.stop();
          }
          upstream.publish(200);
          one.start();
          one.awaitReady();
        }
        upstream.publish(400);
        upstream.flush();
      }
      try (Audit audit =
          new Audit(
              Map.of("bootstrap.servers", cluster.bootstrapServers()),
              new HttpSchemaRegistry(Map.of("schema.registry.url", cluster.registryUrl())),
              new HttpApi(cluster.instance(0).url(), cluster.token()),
              Rules.DEFAULT,
              seed)) {
        Audit.Report report = audit.run(System.out::println);
        assertThat(report.drift()).as("-Dseed=" + seed + "\n" + report).isZero();
      }
    } finally {
      Directory.delete(root);
    }
  }
}
