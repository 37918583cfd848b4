package io.creditflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.histories.SeededRandom;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that send requests to all instances all the time. A response must be right, or a 503 with
 * Retry-After. Only an instance with a fault may give no response.
 */
final class ChaosReaders implements AutoCloseable {
  private static final int THREADS = 2;
  private static final long PAUSE_MILLIS = 20;

  /** The product's own limit for a request is 10 s; a busy machine may take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(16);

  /**
   * All processes share the machine's clock. If an asOf is further ahead than this, a fault has
   * changed a broker's clock.
   */
  private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final SteadyLoad steady;
  private final List<String> others;
  private final Map<String, MonotonicReadCheck> monotonicChecks = new HashMap<>();
  private final SilentLagCheck silentLag;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  ChaosReaders(Cluster cluster, SteadyLoad steady, List<String> others, long seed) {
    this.cluster = cluster;
    this.steady = steady;
    this.others = others;
    silentLag = SilentLagCheck.of(cluster, steady.workspaceIds());
    steady.workspaceIds().forEach(id -> monotonicChecks.put(id, new MonotonicReadCheck()));
    for (int number = 0; number < THREADS; number++) {
      SeededRandom random = new SeededRandom(seed + number);
      Thread thread = new Thread(() -> read(random), "reader-" + number);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  long answers() {
    return answers.get();
  }

  /** The number of 503 responses with Retry-After. */
  long refusals() {
    return refusals.get();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops reading and waits for the last responses. */
  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE.toMillis() + 2_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void read(SeededRandom random) {
    ObjectMapper json = new ObjectMapper();
    String token = cluster.token();
    while (!stopped) {
      InstanceProcess instance = random.pick(cluster.instances());
      if (instance.isRunning() && !instance.isFrozen()) {
        long disturbancesBefore = instance.disturbances();
        try {
          ask(json, random, instance, token);
        } catch (IOException | RuntimeException e) {
          boolean isExcused =
              instance.disturbances() != disturbancesBefore
                  || instance.isStopping()
                  || !instance.hasBeenReady()
                  || !instance.isRunning();
          if (!isExcused && !stopped) {
            wrong.add(Instant.now() + " " + instance.name() + " gave no answer: " + e);
          }
        }
      }
      Await.pause(PAUSE_MILLIS);
    }
  }

  private void ask(ObjectMapper json, SeededRandom random, InstanceProcess instance, String token)
      throws IOException {
    ApiClient api = new ApiClient(instance.url(), token);
    boolean isSteady = random.chance(60);
    String workspaceId = random.pick(isSteady ? steady.workspaceIds() : others);
    String rest = isSteady || random.chance(50) ? "" : "/history?limit=" + random.between(2, 100);
    String path = "/v1/workspaces/" + workspaceId + "/credits" + rest;
    HttpResponse<byte[]> response = api.get(path, PATIENCE);
    int status = response.statusCode();
    if (isSteady) {
      silentLag.problem(workspaceId).ifPresent(problem -> wrong.add(path + ": " + problem));
    }
    if (status == 503 && response.headers().firstValue("Retry-After").isPresent()) {
      refusals.incrementAndGet();
      return;
    }
    if (status == 404) {
      return; // no event of the workspace has been processed yet
    }
    if (status != 200) {
      String body = new String(response.body(), StandardCharsets.UTF_8);
      wrong.add(Instant.now() + " " + instance.name() + path + " answered " + status + " " + body);
      return;
    }
    answers.incrementAndGet();
    JsonNode answer = json.readTree(response.body());
    String problem =
        rest.isEmpty()
            ? ResponseInvariants.credits(answer)
            : ResponseInvariants.history(answer.path("items"));
    if (problem == null && isSteady) {
      problem = boundsProblem(workspaceId, answer);
    }
    if (problem != null) {
      wrong.add(Instant.now() + " " + instance.name() + path + ": " + problem);
    }
  }

  /** Checks a response about a workspace of the steady load; null if nothing is wrong. */
  private String boundsProblem(String workspaceId, JsonNode answer) {
    Instant asOf = Instant.parse(answer.path("asOf").asText());
    silentLag.note(workspaceId, asOf);
    if (asOf.isAfter(Instant.now().plus(CLOCKS_APART_MAX))) {
      return null; // a broker's clock is ahead, so asOf is not comparable with the load's times
    }
    long used = ResponseInvariants.used(answer);
    SteadyLoad.UsageBounds bounds = steady.bounds(workspaceId);
    long min = bounds.minUsed(asOf);
    if (used < min || used > bounds.maxUsed()) {
      return "as of %s it reports %d used, but the range is %d to %d"
          .formatted(asOf, used, min, bounds.maxUsed());
    }
    return monotonicChecks.get(workspaceId).note(asOf, used)
        ? null
        : "as of %s it reports %d used, but another response contradicts this"
            .formatted(asOf, used);
  }
}
