package io.creditflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.state.RowKey;
import io.creditflow.state.Table;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An auditor that never finds anything proves nothing: here there is something to be found. */
@Tag("soak")
class AuditDetectionTest {
  private static final String CHANGELOG = "creditflow-credit-state-changelog";
  private static final List<Optional<Duration>> EVERYTHING_AND_THE_LAST_HOUR =
      List.of(Optional.empty(), Optional.of(Duration.ofHours(1)));
  private static final List<String> WORKSPACES = List.of("honest", "robbed");

  private record Row(int partition, byte[] value) {}

  @Test
  void postingsRemovedFromAStoreAreFoundAndNothingElse() throws Exception {
    Path root = ScratchDirectory.make("planted");
    try (Cluster cluster = Cluster.start(ClusterPlan.of(1, 1, 2), root)) {
      InstanceProcess instance = cluster.instance(0);
      instance.start();
      instance.awaitReady();
      try (Upstream upstream =
          new Upstream(cluster.bootstrapServers(), cluster.registryUrl(), 2, 3, WORKSPACES)) {
        upstream.publish(400);
        upstream.flush();
      }
      for (Optional<Duration> last : EVERYTHING_AND_THE_LAST_HOUR) {
        Audit.AuditReport report = audit(cluster, last);
        assertThat(report.drift()).as(report::toString).isZero();
      }

      Map<Bytes, Row> ledger = ledger(cluster, "robbed");
      LedgerRows rows = new LedgerRows("robbed");
      ledger.forEach((key, row) -> rows.put(key.get(), row.value));
      Bytes victim =
          ledger.keySet().stream().filter(key -> rows.holds(key.get())).findFirst().orElseThrow();
      long replaced = ledger.keySet().stream().filter(key -> !rows.holds(key.get())).count();
      System.out.printf(
          "planted: %d rows, %d of them hold only what later rows replaced%n",
          ledger.size(), replaced);
      assertFoundWithout(cluster, Map.of(victim, ledger.get(victim)));
      assertFoundWithout(cluster, ledger);
    } finally {
      ScratchDirectory.delete(root);
    }
  }

  private static void assertFoundWithout(Cluster cluster, Map<Bytes, Row> victims)
      throws Exception {
    InstanceProcess instance = cluster.instance(0);
    instance.stop();
    remove(cluster, victims);
    instance.wipe(); // so that it begins with what the changelog says
    instance.start();
    instance.awaitReady();
    for (Optional<Duration> last : EVERYTHING_AND_THE_LAST_HOUR) {
      Audit.AuditReport report = audit(cluster, last);
      System.out.printf(
          "planted: %d rows removed, %d differences found%n", victims.size(), report.drift());
      assertThat(report.count(Finding.Kind.LOST)).isPositive();
      assertThat(report.byWorkspace().get("robbed")).isNotEmpty();
      assertThat(report.byWorkspace().get("honest")).isEmpty();
    }
  }

  private static Audit.AuditReport audit(Cluster cluster, Optional<Duration> last) {
    try (Audit audit = Audit.of(cluster, cluster.instance(0), last, 1)) {
      return audit.run(line -> {});
    }
  }

  /** All rows of a workspace's ledger, in the order in which they were written. */
  private static Map<Bytes, Row> ledger(Cluster cluster, String workspaceId) {
    byte[] prefix = RowKey.of(Table.LEDGER, workspaceId).bytes();
    Map<Bytes, Row> standing = new LinkedHashMap<>();
    Map<String, Object> kafka = Map.of("bootstrap.servers", cluster.bootstrapServers());
    try (TopicTail changelog = new TopicTail(kafka, List.of(CHANGELOG))) {
      changelog.advance(
          record -> {
            boolean isLedger =
                record.key().length > prefix.length
                    && Arrays.equals(prefix, 0, prefix.length, record.key(), 0, prefix.length);
            if (isLedger && record.value() != null) {
              standing.put(Bytes.wrap(record.key()), new Row(record.partition(), record.value()));
            } else {
              standing.remove(Bytes.wrap(record.key()));
            }
          });
    }
    return standing;
  }

  private static void remove(Cluster cluster, Map<Bytes, Row> victims) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Upstream.producer(cluster.bootstrapServers())) {
      for (Map.Entry<Bytes, Row> victim : victims.entrySet()) {
        producer
            .send(
                new ProducerRecord<>(
                    CHANGELOG, victim.getValue().partition, victim.getKey().get(), null))
            .get();
      }
    }
  }
}
