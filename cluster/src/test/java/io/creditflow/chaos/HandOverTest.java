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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Instances are restarted one after the other and drained, under load and with a reader. */
@Tag("system")
@TestMethodOrder(OrderAnnotation.class)
class HandOverTest {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path root;
  private static Cluster cluster;
  private static SteadyLoad load;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);

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
    if (load != null) {
      load.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    ScratchDirectory.delete(root);
  }

  @AfterEach
  void stopClock() {
    clock.shutdownNow();
  }

  @Test
  @Order(1)
  void aRollingRestartShowsReadersAnswersAnd503sThatSayWhenToAskAgain() throws Exception {
    var publishing = clock.scheduleAtFixedRate(load::publish, 0, 50, TimeUnit.MILLISECONDS);
    cluster.instances().forEach(HandOverTest::awaitCounted);
    Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    for (int number = 0; number < 2; number++) {
      InstanceProcess restarted = cluster.instance(number);
      var reading = read(cluster.instance(1 - number), answers);
      assertThat(restarted.stop()).as("a clean stop within 10 s").isTrue();
      restarted.start();
      restarted.awaitReady();
      awaitCounted(restarted);
      reading.cancel(false);
    }
    publishing.cancel(false);
    System.out.println("Answers during a rolling restart, by status: " + answers);
    assertThat(answers.keySet()).contains("200").isSubsetOf("200", "503");
    assertThatEachLeadCountedOnce(cluster.instance(0));
  }

  @Test
  @Order(2)
  void noReaderOfTheOtherSeesItAndEachLeadCountsOnce() throws Exception {
    InstanceProcess leaving = cluster.instance(0);
    InstanceProcess staying = cluster.instance(1);
    var publishing = clock.scheduleAtFixedRate(load::publish, 0, 50, TimeUnit.MILLISECONDS);
    awaitCounted(staying);
    Await.until("both own partitions", PATIENCE, () -> ownersSeenBy(staying).size() == 2);
    Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    var reading = read(staying, answers);

    StringWriter said = new StringWriter();
    Future<Integer> drained =
        clock.submit(
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
    assertThat(answers).containsOnlyKeys("200");
    assertThatEachLeadCountedOnce(staying);
  }

  /** Asks for every workspace every 100 ms, and counts the answers by status. */
  private Future<?> read(InstanceProcess asked, Map<String, Integer> answers) {
    return clock.scheduleAtFixedRate(
        () -> load.workspaceIds().forEach(id -> answers.merge(ask(asked, id), 1, Integer::sum)),
        0,
        100,
        TimeUnit.MILLISECONDS);
  }

  private void assertThatEachLeadCountedOnce(InstanceProcess asked) throws InterruptedException {
    clock.shutdown();
    assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    load.flush();
    awaitCounted(asked);
    for (String id : load.workspaceIds()) {
      assertThat(ResponseInvariants.used(credits(asked, id)))
          .as(id)
          .isEqualTo(load.bounds(id).acknowledged());
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

  /** The status of its answer, or what is wrong with it. */
  private static String ask(InstanceProcess asked, String workspaceId) {
    try {
      HttpResponse<byte[]> answer = get(asked, workspaceId);
      boolean isUnexplained =
          answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isEmpty();
      return answer.statusCode() + (isUnexplained ? " without Retry-After" : "");
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
