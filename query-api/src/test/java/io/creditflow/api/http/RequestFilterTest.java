package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.http.HttpServer.Listener;
import io.creditflow.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestFilterTest {
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aBurstWaitsForItsPlaceAndOnlyWhatIsTooMuchIsTurnedAway() throws Exception {
    RequestFilter filter =
        new RequestFilter(1, 8_000, Duration.ofSeconds(5), new SimpleMeterRegistry(), any -> null);
    Listener listener = new Listener("test", "127.0.0.1", 0, 16, 100, 8_192, Set.of());
    try (HttpServer server =
        HttpServer.start(listener, filter, routes -> routes.get("/slow", this::slow))) {
      CompletableFuture<HttpResponse<String>> first = ask(server);
      assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
      List<CompletableFuture<HttpResponse<String>>> burst = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        burst.add(ask(server));
      }
      // those beyond the two that may wait are refused at once, while the first is still worked on
      Await.until(
          "all but those that may wait are turned away",
          Duration.ofSeconds(20),
          () -> burst.stream().filter(CompletableFuture::isDone).count() >= 18);
      List<CompletableFuture<HttpResponse<String>>> waiting =
          burst.stream().filter(one -> !one.isDone()).toList();
      assertThat(burst.stream().filter(CompletableFuture::isDone))
          .hasSize(18)
          .extracting(CompletableFuture::get)
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
              });
      go.countDown();

      assertThat(first.get().statusCode()).isEqualTo(200);
      assertThat(waiting).hasSize(RequestFilter.WAITING_PER_PERMIT);
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        assertThat(one.get().statusCode()).isEqualTo(200);
      }
    }
  }

  private Response slow(Request request) {
    busy.countDown();
    try {
      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.Body.of(Map.of("slow", true));
  }

  private CompletableFuture<HttpResponse<String>> ask(HttpServer server) {
    URI slow = URI.create("http://127.0.0.1:" + server.port() + "/slow");
    return client.sendAsync(HttpRequest.newBuilder(slow).build(), BodyHandlers.ofString());
  }
}
