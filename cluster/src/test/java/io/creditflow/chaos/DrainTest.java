package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.quickstart.command.CreditflowCommand;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance is drained under load: its partitions move at once, and no reader sees it. */
@Tag("system")
class DrainTest {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(4);
  private static Path root;
  private static Cluster cluster;
  private static SteadyLoad load;

  @BeforeAll
  static void start() {
    root = ScratchDirectory.make("drain");
    cluster = Cluster.start(ClusterPlan.of(1, 2, PARTITIONS), root);
    cluster.instances().forEach(ClusterProcess::start);
    cluster.instances().forEach(ClusterProcess::awaitReady);
    load =
        new SteadyLoad(
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            List.of("w0", "w1", "w2", "w3", "w4", "w5"));
  }

  @AfterAll
  static void stop() {
    CLOCK.shutdownNow();
    if (load != null) {
      load.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    ScratchDirectory.delete(root);
  }

  @Test
  void noReaderOfTheOtherSeesItAndEachLeadCountsOnce() throws Exception {
    InstanceProcess leaving = cluster.instance(0);
    InstanceProcess staying = cluster.instance(1);
    var publishing = CLOCK.scheduleAtFixedRate(load::publish, 0, 50, TimeUnit.MILLISECONDS);
    awaitCounted(staying);
    Await.until("both own partitions", PATIENCE, () -> ownersSeenBy(staying).size() == 2);
    Map<String, Integer> answers = new TreeMap<>();
    var reading =
        CLOCK.scheduleAtFixedRate(
            () ->
                load.workspaceIds().forEach(id -> answers.merge(ask(staying, id), 1, Integer::sum)),
            0,
            100,
            TimeUnit.MILLISECONDS);

    StringWriter said = new StringWriter();
    Future<Integer> drained =
        CLOCK.submit(
            () ->
                CommandRunner.run(
                    new CreditflowCommand(),
                    new PrintWriter(said),
                    new PrintWriter(said),
                    "drain",
                    "--instance=http://" + leaving.address()));

    Await.until("it counts no more", PATIENCE, () -> countsNoMore(leaving));
    assertThat(members()).allMatch(name -> name.startsWith("instance-2"));
    assertThat(drained.get()).isZero();
    assertThat(said).hasToString("instance-1 has handed over and ended" + System.lineSeparator());
    assertThat(leaving.exitCode(PATIENCE)).isZero();
    awaitCounted(staying);
    assertThat(ownersSeenBy(staying)).containsOnly(staying.address());
    reading.cancel(false);
    publishing.cancel(false);
    CLOCK.shutdown();
    assertThat(CLOCK.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(answers).containsOnlyKeys("200");
    load.flush();
    awaitCounted(staying);
    for (String id : load.workspaceIds()) {
      assertThat(ResponseInvariants.used(credits(staying, id)))
          .as(id)
          .isEqualTo(load.account(id).acknowledged());
    }
  }

  private static Set<String> ownersSeenBy(InstanceProcess asked) {
    return Set.copyOf(cluster.owners(asked).values());
  }

  /** It says so itself, or has ended and says nothing. */
  private static boolean countsNoMore(InstanceProcess asked) {
    try {
      HttpResponse<byte[]> health = new ApiClient(asked.url(), "").get("/health/ready");
      return JSON.readTree(health.body()).path("pipeline").asText().equals("NOT_RUNNING");
    } catch (IOException ended) {
      return true;
    }
  }

  /** Who is in the group, by the names of its stream threads. */
  private static List<String> members() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      return admin
          .describeConsumerGroups(List.of("creditflow"))
          .describedGroups()
          .get("creditflow")
          .get()
          .members()
          .stream()
          .map(member -> member.groupInstanceId().orElseThrow())
          .toList();
    }
  }

  private static void awaitCounted(InstanceProcess asked) {
    Instant before = Instant.now();
    for (String id : load.workspaceIds()) {
      Await.until(
          id + " is counted up to now",
          PATIENCE,
          () -> {
            JsonNode answer = credits(asked, id);
            return answer.has("grants")
                && Instant.parse(answer.path("asOf").asText()).isAfter(before);
          });
    }
  }

  /** The status of its answer, or what went wrong. */
  private static String ask(InstanceProcess asked, String workspaceId) {
    try {
      return Integer.toString(get(asked, workspaceId).statusCode());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static JsonNode credits(InstanceProcess asked, String workspaceId) {
    try {
      return JSON.readTree(get(asked, workspaceId).body());
    } catch (IOException notNow) {
      return JSON.createObjectNode();
    }
  }

  private static HttpResponse<byte[]> get(InstanceProcess asked, String workspaceId)
      throws IOException {
    return new ApiClient(asked.url(), cluster.token())
        .get("/v1/workspaces/" + workspaceId + "/credits");
  }
}
