package io.creditflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.audit.Audit;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an instance needs is away: it says so in {@code /health/ready}, and when that is back it
 * catches up, without a human hand.
 */
@Tag("soak")
class DependencyOutageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PORTION = 200;

  private static Path root;
  private static Cluster cluster;
  private static InstanceProcess instance;
  private static Upstream upstream;

  @BeforeAll
  static void countSomething() {
    root = ScratchDirectory.make("away");
    cluster = Cluster.start(ClusterPlan.of(1, 1, 2).withFaultInjection(), root);
    instance = cluster.instance(0);
    instance.start();
    instance.awaitReady();
    upstream =
        new Upstream(cluster.bootstrapServers(), cluster.registryUrl(), 2, 9, List.of("w0", "w1"));
    publish();
  }

  @AfterAll
  static void clean() {
    upstream.close();
    cluster.close();
    ScratchDirectory.delete(root);
  }

  @AfterEach
  void inTheEndEverythingIsCounted() {
    instance.awaitReady();
    try (Audit audit = Audit.of(cluster, instance, 1)) {
      Audit.AuditReport report = audit.run(line -> {});
      assertThat(report.drift()).as(report.toString()).isZero();
    }
  }

  @Test
  void theRegistry() {
    instance.stop();
    publish();
    cluster.registry().kill();
    instance.start(); // knows no schema yet
    awaitReadiness(ready -> ready.path("status").asText().equals("WAITING_FOR_REGISTRY"));
    cluster.registry().start();
  }

  @Test
  void theBroker() {
    ClusterProcess broker = cluster.brokers().get(0);
    broker.kill();
    awaitReadiness(ready -> ready.path("status").asText().equals("WAITING_FOR_KAFKA"));
    broker.start();
    broker.awaitReady();
    publish();
  }

  @Test
  void theWayToTheBroker() {
    instance.proxies().forEach(TcpProxy::silence);
    awaitReadiness(ready -> ready.path("status").asText().equals("WAITING_FOR_KAFKA"));
    instance.proxies().forEach(TcpProxy::restore);
    publish();
  }

  @Test
  void roomOnTheDisk() {
    assertThat(instance.canBreakDisk()).as("a C compiler, as bin/soak installs it").isTrue();
    instance.stop();
    instance.wipe();
    instance.setDiskFull(true);
    publish();
    instance.start();
    Await.until(
        () -> "it cannot go on, and says so; it said:\n" + instance.tail(),
        PATIENCE,
        () -> !instance.isRunning() || !readiness().path("lastFailure").asText("").isBlank());
    assertThat(instance.isReady()).isFalse();
    instance.setDiskFull(false);
    instance.start(); // as a supervisor would, if it has ended
  }

  private static void publish() {
    upstream.publish(PORTION);
    upstream.flush();
  }

  private static void awaitReadiness(Predicate<JsonNode> isSo) {
    Await.until(
        () -> "readiness tells; it is " + readiness() + " and it said:\n" + instance.tail(),
        PATIENCE,
        () -> isSo.test(readiness()));
    assertThat(instance.isReady()).isFalse();
    assertThat(instance.isRunning()).isTrue();
  }

  /** Empty while nobody answers. */
  private static JsonNode readiness() {
    try {
      HttpResponse<byte[]> answer =
          new ApiClient(instance.url(), "").get("/health/ready", Duration.ofSeconds(5));
      return JSON.readTree(answer.body());
    } catch (IOException notListening) {
      return JSON.createObjectNode();
    }
  }
}
