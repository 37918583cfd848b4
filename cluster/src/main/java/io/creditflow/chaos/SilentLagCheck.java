package io.creditflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.testkit.ApiClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks that lag does not go unreported. If a workspace has had no fresh response for two minutes,
 * an instance must be not ready or report a lag that would raise an alert.
 */
final class SilentLagCheck {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  /** The alert CreditflowLagging fires above this lag (ops/prometheus). */
  private static final int ALERT_LAG_SECONDS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final Map<String, Instant> freshAt = new ConcurrentHashMap<>();

  SilentLagCheck(Cluster cluster, List<String> workspaceIds) {
    this.cluster = cluster;
    workspaceIds.forEach(id -> freshAt.put(id, Instant.now()));
  }

  /** Records a response. */
  void note(String workspaceId, Instant asOf) {
    Instant now = Instant.now();
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
    if (fresh.isAfter(Instant.now().minus(SILENCE_MAX))) {
      return Optional.empty();
    }
    List<InstanceProcess> asked =
        cluster.instances().stream().filter(one -> one.isRunning() && !one.isFrozen()).toList();
    if (asked.size() < cluster.instances().size() || asked.stream().anyMatch(this::reportsLag)) {
      return Optional.empty();
    }
    freshAt.put(workspaceId, Instant.now());
    return Optional.of("no fresh answer since " + fresh + ", and no instance reports a lag");
  }

  /**
   * Whether the instance reports a lag. No answer counts as a report, because monitoring notices
   * it.
   */
  private boolean reportsLag(InstanceProcess instance) {
    ApiClient api = new ApiClient(instance.url(), cluster.token());
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
