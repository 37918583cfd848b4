package io.creditflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance whose machine has the wrong time of day. */
@Tag("soak")
class ClockSkewTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void answersAreAsOfTheBrokersTime(long secondsAhead) {
    Path root = ScratchDirectory.make("clock");
    try (Cluster cluster = Cluster.start(ClusterPlan.of(1, 1, 2).withFaultInjection(), root)) {
      InstanceProcess instance = cluster.instance(0);
      assertThat(instance.canSetClock()).as("libfaketime, as bin/soak installs it").isTrue();
      instance.setNextClockAhead(Duration.ofSeconds(secondsAhead));
      instance.start();
      instance.awaitReady();
      try (Upstream upstream =
          new Upstream(cluster.bootstrapServers(), cluster.registryUrl(), 2, 3, List.of("w"))) {
        upstream.publish(50);
        upstream.flush();
      }
      Instant published = Instant.now();
      ApiClient api = new ApiClient(instance.url(), cluster.token());
      Await.until(
          "all of it is counted",
          PATIENCE,
          () -> {
            HttpResponse<byte[]> answer = api.get("/v1/workspaces/w/credits");
            JsonNode asOf = JSON.readTree(answer.body()).path("asOf");
            boolean isTold = answer.statusCode() == 200;
            Instant told = isTold ? Instant.parse(asOf.asText()) : Instant.MIN;
            assertThat(told).isBefore(Instant.now().plusSeconds(1));
            return told.isAfter(published);
          });
    } finally {
      ScratchDirectory.delete(root);
    }
  }
}
