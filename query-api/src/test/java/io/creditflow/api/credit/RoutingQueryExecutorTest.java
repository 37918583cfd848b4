package io.creditflow.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.TestInstance;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.events.LeadSource;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.UnresponsiveServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingQueryExecutorTest {
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final String SECRET = "a secret of the peers";
  private static final String CREDITS = "/v1/workspaces/acme/credits";

  @TempDir Path directory;
  private TestInstance owner;
  private TestInstance other;
  private String token;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    token = "Bearer " + KEYS.token("*");
    owner = new TestInstance(state(), jwks, "CREDITFLOW_PEER_SECRET", SECRET);
    other = new TestInstance(state(), jwks, "CREDITFLOW_PEER_SECRET", SECRET);
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      owner.placement.put(p, owner.managementAddress(), other.managementAddress());
      other.placement.put(p, owner.managementAddress());
      other.localState.takeAway(p);
    }
  }

  private static InMemoryLocalState state() {
    Instant at = Instant.parse("2026-01-05T10:00:00Z");
    return new InMemoryLocalState()
        .workspace("acme", "Acme", "UTC")
        .workspace("other", "Other", "UTC")
        .campaign("acme", "c1", "First", LeadSource.CSV)
        .grant("acme", "g1", 10, at.minus(Duration.ofDays(1)), null);
  }

  @AfterEach
  void stop() {
    owner.close();
    other.close();
  }

  @Test
  void anInstanceThatHoldsNothingAnswersTheSame() {
    for (String path :
        List.of(
            "/v1/workspaces",
            "/v1/workspaces?limit=1",
            CREDITS,
            CREDITS + "/trends?groupBy=source",
            CREDITS + "/campaigns?search=fir&sort=-name",
            CREDITS + "/campaigns/c1",
            CREDITS + "/campaigns?campaignId=c1",
            CREDITS + "/history?limit=2",
            CREDITS + "/alerts?inForce=true",
            CREDITS + "/preview?leads=5&campaignId=c1",
            CREDITS.replace("/credits", "/events") + "?eventId=w0",
            CREDITS.replace("/credits", "/events") + "?eventId=none",
            CREDITS + "/campaigns/none",
            CREDITS + "?at=2999-01-01T00:00:00Z",
            "/v1/workspaces/nowhere/credits")) {
      HttpResponse<String> there = owner.get(path, "Authorization", token);
      HttpResponse<String> here = complete(other, path);
      assertThat(here.statusCode()).as(here.body()).isEqualTo(there.statusCode());
      assertThat(withoutAsOf(here.body())).isEqualTo(withoutAsOf(there.body()));
      assertThat(here.headers().firstValue("ETag")).isEqualTo(there.headers().firstValue("ETag"));
    }
  }

  /** The list of workspaces says so when an instance was too slow for it. */
  private HttpResponse<String> complete(TestInstance instance, String path) {
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Await.until(
        path + " is complete",
        Duration.ofSeconds(20),
        () -> {
          answer.set(instance.get(path, "Authorization", token));
          return !answer.get().body().contains("\"incomplete\":true");
        });
    return answer.get();
  }

  @Test
  void a304TravelsToo() {
    String tag = owner.get(CREDITS, "Authorization", token).headers().firstValue("ETag").get();
    HttpResponse<String> answer = other.get(CREDITS, "Authorization", token, "If-None-Match", tag);

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.headers().firstValue("Creditflow-As-Of")).isPresent();
  }

  @Test
  void csvTravelsPartByPart() {
    for (String path :
        List.of(
            "/history", "/trends?groupBy=campaign", "/campaigns", "/trends?from=2026-01-02&to=x")) {
      HttpResponse<String> there =
          owner.get(CREDITS + path, "Authorization", token, "Accept", "text/csv");
      HttpResponse<String> here =
          other.get(CREDITS + path, "Authorization", token, "Accept", "text/csv");

      assertThat(here.statusCode()).isEqualTo(there.statusCode());
      assertThat(here.body().lines().count())
          .as(here.body())
          .isEqualTo(there.body().lines().count());
      assertThat(here.headers().firstValue("ETag")).isEqualTo(there.headers().firstValue("ETag"));
    }
    String tooLongAgo = CREDITS + "/trends?granularity=hour&from=2020-01-01&to=2020-01-02";
    assertThat(other.get(tooLongAgo, "Authorization", token, "Accept", "text/csv").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whileTheOwnerIsAwayAStandbyAnswersWithItsTrueAge() {
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      other.placement.put(p, owner.managementAddress(), other.managementAddress());
      other.localState.bringBack(p);
    }
    other.localState.growOld(Duration.ofSeconds(30));
    owner.close();

    HttpResponse<String> answer = other.get(CREDITS, "Authorization", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(asOf(answer.body())).isBefore(Instant.now().minusSeconds(29));

    other.localState.growOld(Duration.ofSeconds(90));
    HttpResponse<String> tooOld = other.get(CREDITS, "Authorization", token);
    assertThat(tooOld.statusCode()).isEqualTo(503);
    assertThat(tooOld.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aFrozenOwnerIsAskedOnceAndThenItsStandby() {
    try (UnresponsiveServer frozen = new UnresponsiveServer()) {
      for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
        other.placement.put(p, frozen.address(), other.managementAddress());
        other.localState.bringBack(p);
      }
      assertThat(other.get(CREDITS, "Authorization", token).statusCode()).isEqualTo(200);
      assertThat(frozen.connections()).isEqualTo(1);
    }
  }

  @Test
  void aQuestionIsHandedOnOnce() {
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      owner.localState.takeAway(p);
      owner.placement.put(p, other.managementAddress());
    }
    HttpResponse<String> answer = other.get(CREDITS, "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void thePeersPortAsksForTheSecretAndForTheCallersToken() {
    String path = "/peer" + CREDITS;
    assertThat(owner.management(path, "Authorization", token).statusCode()).isEqualTo(403);
    assertThat(owner.management(path, "Creditflow-Peer-Secret", SECRET).statusCode())
        .isEqualTo(401);
    assertThat(
            owner
                .management(path, "Authorization", token, "Creditflow-Peer-Secret", SECRET)
                .statusCode())
        .isEqualTo(200);
    assertThat(owner.get(path, "Authorization", token).statusCode()).isEqualTo(404);
  }

  private static String withoutAsOf(String body) {
    return body.replaceAll(",\"asOf\":\"[^\"]+\"", "");
  }

  private static Instant asOf(String body) {
    return Instant.parse(body.replaceAll(".*\"asOf\":\"([^\"]+)\".*", "$1"));
  }
}
