package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.KeyServer;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An instance whose keys are at an address. */
class RemoteKeysInstanceTest {
  private static final TestKeys OLD = new TestKeys("RS256", "old");
  private static final TestKeys NEW = new TestKeys("ES256", "new");

  @Test
  void keysAreRotatedWithoutARestartAndOutliveTheirAddress() throws IOException {
    try (KeyServer server = new KeyServer(OLD);
        TestInstance instance = instance(server)) {
      assertThat(me(instance, OLD).statusCode()).isEqualTo(200);
      assertThat(me(instance, NEW).statusCode()).isEqualTo(401);

      server.serve(NEW);
      awaitStatus(200, instance, NEW);
      awaitStatus(401, instance, OLD);

      server.goAway();
      Instant until = Instant.now().plusSeconds(2); // some refreshes that fail
      do {
        assertThat(me(instance, NEW).statusCode()).isEqualTo(200);
      } while (Instant.now().isBefore(until));
    }
  }

  @Test
  void anInstanceBegunWhileTheAddressIsAwayAnswers503UntilItIsBack() throws IOException {
    try (KeyServer server = new KeyServer(OLD)) {
      server.goAway();
      try (TestInstance instance = instance(server)) {
        HttpResponse<String> answer = me(instance, OLD);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain("127.0.0.1");
        assertThat(instance.get("/health/live").statusCode()).isEqualTo(200);

        server.comeBack();
        awaitStatus(200, instance, OLD);
      }
    }
  }

  private static TestInstance instance(KeyServer server) {
    return new TestInstance(
        new InMemoryLocalState().workspace("acme", "Acme", "UTC"),
        Path.of("unused"),
        "CREDITFLOW_AUTH_JWKS",
        server.address().toString(),
        "CREDITFLOW_AUTH_JWKS_REFRESH",
        "1s");
  }

  private static void awaitStatus(int status, TestInstance instance, TestKeys keys) {
    Await.until(
        "a token of these keys is answered " + status,
        Duration.ofSeconds(20),
        () -> me(instance, keys).statusCode() == status);
  }

  private static HttpResponse<String> me(TestInstance instance, TestKeys keys) {
    return instance.get("/v1/me", "Authorization", "Bearer " + keys.token("acme"));
  }
}
