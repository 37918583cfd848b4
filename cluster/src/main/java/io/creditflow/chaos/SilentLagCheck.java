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
 * Nothing is behind for long in silence: of a workspace without a fresh answer for two minutes
 * readiness or what the alert rules on lag look at must say so.
 */
final class SilentLagCheck {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  /** Above it CreditflowLagging fires (ops/prometheus). */
  private static final int ALERT_LAG_SECONDS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final Map<String, Instant> freshAt = new ConcurrentHashMap<>();

  SilentLagCheck(Cluster cluster, List<String> workspaceIds) {
    this.cluster = cluster;
    workspaceIds.forEach(id -> freshAt.put(id, Instant.now()));
  }

  /** Notes an answer. */
  void note(String workspaceId, Instant asOf) {
    Instant now = Instant.now();
    if (asOf.isAfter(now.minus(SILENCE_MAX))) {
      freshAt.put(workspaceId, now);
    }
  }

  /** What is kept silent about a workspace, reported once in two minutes; empty if nothing. */
  Optional<String> problem(String workspaceId) {
    Instant fresh = freshAt.get(workspaceId);
    if (fresh.isAfter(Instant.now().minus(SILENCE_MAX))) {
      return Optional.empty();
    }
    List<InstanceProcess> asked =
        cluster.instances().stream().filter(one -> one.isRunning() && !one.isFrozen()).toList();
    if (asked.size() < cluster.instances().size() || asked.stream().anyMatch(this::tellsOfIt)) {
      return Optional.empty();
    }
    freshAt.put(workspaceId, Instant.now());
    return Optional.of("no fresh answer since " + fresh + ", and no instance tells of it");
  }

  /** One that cannot be asked is missed by whoever watches it. */
  private boolean tellsOfIt(InstanceProcess instance) {
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
