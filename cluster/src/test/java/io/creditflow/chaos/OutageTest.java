package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.histories.SeededRandom;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All brokers are away under load for longer than every timeout of their clients (session and
 * transaction 10 s, a commit by Kafka's default 60 s). When they are back, each acknowledged lead
 * counts once.
 *
 * <p>{@code -Dseed=N} repeats a run of random outages, {@code -Doutages=N} sets their number.
 */
class OutageTest {
  private static final int PARTITIONS = 12;
  private static final int OUTAGE_SECONDS_MIN = 70;
  private static final int OUTAGE_SECONDS_MAX = 150;

  /** 40 workspaces, ten leads a second each. */
  private static final int WORKSPACES = 40;

  private static final long PUBLISH_MILLIS = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern TELLING = Pattern.compile("Opened partition|corrupted");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private Path root;
  private Cluster cluster;
  private SteadyLoad load;

  @BeforeEach
  void start() {
    root = ScratchDirectory.make("outage");
    cluster = Cluster.start(ClusterPlan.of(1, 2, PARTITIONS), root);
    cluster.instances().forEach(ClusterProcess::start);
    cluster.instances().forEach(ClusterProcess::awaitReady);
    List<String> workspaces = IntStream.range(0, WORKSPACES).mapToObj("w%02d"::formatted).toList();
    load = new SteadyLoad(cluster.bootstrapServers(), cluster.registryUrl(), workspaces);
  }

  @AfterEach
  void stop() {
    clock.shutdownNow();
    if (load != null) {
      load.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    ScratchDirectory.delete(root);
  }

  @Test
  @Tag("system")
  void twoOutagesOfMoreThanAMinuteLoseNothing() throws Exception {
    Runnable outage = () -> takeBrokersAway(Duration.ofSeconds(OUTAGE_SECONDS_MIN));
    assertNothingIsLostBy(List.of(outage, outage), PATIENCE);
  }

  @Test
  @Tag("soak")
  void outagesOfAnyLengthLoseNothing() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("Outages: -Dseed=" + seed);
    SeededRandom dice = new SeededRandom(seed);
    assertNothingIsLostBy(
        IntStream.range(0, Integer.getInteger("outages", 5))
            .map(round -> dice.between(OUTAGE_SECONDS_MIN, OUTAGE_SECONDS_MAX))
            .<Runnable>mapToObj(seconds -> () -> takeBrokersAway(Duration.ofSeconds(seconds)))
            .toList(),
        PATIENCE);
  }

  /** The broker is the coordinator of group and transactions, too. */
  @Test
  @Tag("soak")
  void instancesGoOnSoonAfterEachStallOfTheCoordinator() throws Exception {
    assertNothingIsLostBy(
        IntStream.range(0, 10)
            .<Runnable>mapToObj(round -> () -> freezeBroker(15 + round % 6))
            .toList(),
        Duration.ofSeconds(30));
    assertThat(Set.copyOf(cluster.owners(cluster.instance(0)).values())).hasSize(2);
  }

  private void takeBrokersAway(Duration away) {
    System.out.println("Brokers away for " + away.toSeconds() + " s");
    cluster.brokers().forEach(ClusterProcess::stop);
    Await.pause(away.toMillis());
    cluster.brokers().forEach(ClusterProcess::start);
    cluster.brokers().forEach(ClusterProcess::awaitReady);
  }

  private void freezeBroker(int seconds) {
    System.out.println("Broker frozen for " + seconds + " s");
    cluster.brokers().get(0).freeze();
    Await.pause(1_000L * seconds);
    cluster.brokers().get(0).thaw();
  }

  /**
   * @param patience how long after each fault answers may take to reflect what came before its end
   */
  private void assertNothingIsLostBy(List<Runnable> faults, Duration patience) throws Exception {
    var publishing =
        clock.scheduleAtFixedRate(load::publish, 0, PUBLISH_MILLIS, TimeUnit.MILLISECONDS);
    awaitCounted(Instant.now(), PATIENCE);
    for (Runnable fault : faults) {
      fault.run();
      awaitCounted(Instant.now(), patience);
    }
    assertThat(publishing.isDone()).as("the load went on to the end").isFalse();
    publishing.cancel(false);
    clock.shutdown();
    assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).as("the last leads are sent").isTrue();
    load.flush();
    awaitCounted(Instant.now(), PATIENCE);
    assertThat(used()).as(this::log).isEqualTo(acknowledged());
  }

  /** By workspace. */
  private Map<String, Long> acknowledged() {
    return load.workspaceIds().stream()
        .collect(Collectors.toMap(id -> id, id -> load.bounds(id).acknowledged()));
  }

  private Map<String, Long> used() {
    return load.workspaceIds().stream()
        .collect(Collectors.toMap(id -> id, id -> ResponseInvariants.used(credits(id))));
  }

  /** Waits until every answer says that it reflects all that arrived before. */
  private void awaitCounted(Instant before, Duration patience) {
    Instant deadline = Instant.now().plus(patience);
    for (String workspaceId : load.workspaceIds()) {
      Await.until(
          () ->
              "%s is as of %s or later; answered %s\n%s"
                  .formatted(workspaceId, before, credits(workspaceId), log()),
          Duration.between(Instant.now(), deadline),
          () -> {
            JsonNode answer = credits(workspaceId);
            return answer.has("grants")
                && Instant.parse(answer.path("asOf").asText()).isAfter(before);
          });
    }
  }

  /** What an instance answers; nothing while it does not. */
  private JsonNode credits(String workspaceId) {
    try {
      HttpResponse<byte[]> response =
          new ApiClient(cluster.instance(0).url(), cluster.token())
              .get("/v1/workspaces/" + workspaceId + "/credits");
      return JSON.readTree(response.body());
    } catch (IOException notNow) {
      return JSON.createObjectNode();
    }
  }

  /** What the instances say of opened and of corrupted partitions. */
  private String log() {
    return cluster.instances().stream().flatMap(this::log).collect(Collectors.joining("\n"));
  }

  private Stream<String> log(InstanceProcess instance) {
    try {
      return Files.readAllLines(cluster.logs().resolve(instance.name() + ".txt")).stream()
          .filter(line -> TELLING.matcher(line).find())
          .map(line -> instance.name() + " " + line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
