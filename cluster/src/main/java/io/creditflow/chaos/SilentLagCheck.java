package io.creditflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.cluster.Cluster;
import io.creditflow.testkit.ApiClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Checks that lag does not go unreported. If a workspace has had no fresh response for two minutes,
 * an instance must be not ready or report a lag that would raise an alert.
 */
final class SilentLagCheck {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  /** The alert CreditflowLagging fires above this lag (ops/prometheus). */
  private static final int ALERT_LAG_SECONDS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<List<ApiClient>> instances;
  private final InstantSource clock;
  private final Map<String, Instant> freshAt = new ConcurrentHashMap<>();

  /**
   * @param instances all instances; empty while one of them is stopped or frozen, which monitoring
   *     notices
   */
  SilentLagCheck(
      Supplier<List<ApiClient>> instances, List<String> workspaceIds, InstantSource clock) {
    this.instances = instances;
    this.clock = clock;
    workspaceIds.forEach(id -> freshAt.put(id, clock.instant()));
  }

  static SilentLagCheck of(Cluster cluster, List<String> workspaceIds) {
    return new SilentLagCheck(
        () -> allRunning(cluster) ? clients(cluster) : List.of(),
        workspaceIds,
        InstantSource.system());
  }

  private static boolean allRunning(Cluster cluster) {
    return cluster.instances().stream().allMatch(one -> one.isRunning() && !one.isFrozen());
  }

  private static List<ApiClient> clients(Cluster cluster) {
    return cluster.instances().stream()
        .map(instance -> new ApiClient(instance.url(), cluster.token()))
        .toList();
  }

  /** Records a response. */
  void note(String workspaceId, Instant asOf) {
    Instant now = clock.instant();
    if (asOf.isAfter(now.minus(SILENCE_MAX))) {
      freshAt.put(workspaceId, now);
    }
  }

  /**
   * A lag of a workspace that no instance reports; empty if there is none. Returned at most once in
   * two minutes per workspace.
   */
  Optional<String> problem(String workspaceId) {
    Instant fresh = freshAt.get(workspaceId);
    if (fresh.isAfter(clock.instant().minus(SILENCE_MAX))) {
      return Optional.empty();
    }
    List<ApiClient> asked = instances.get();
    if (asked.isEmpty() || asked.stream().anyMatch(SilentLagCheck::reportsLag)) {
      return Optional.empty();
    }
    freshAt.put(workspaceId, clock.instant());
    return Optional.of("no fresh answer since " + fresh + ", and no instance reports a lag");
  }

  /**
   * Whether the instance reports a lag. No answer counts as a report, because monitoring notices
   * it.
   */
  private static boolean reportsLag(ApiClient api) {
    try {
      HttpResponse<byte[]> lag = api.get("/v1/ops/lag");
      if (!api.isReady() || lag.statusCode() != 200) {
        return true;
      }
      JsonNode report = JSON.readTree(lag.body());
      return !report.path("status").asText().equals("OK")
          || report.path("maxLagSeconds").asLong(Long.MAX_VALUE) > ALERT_LAG_SECONDS;
    } catch (IOException noAnswer) {
      return true;
    }
  }
}
