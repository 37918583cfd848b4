package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.http.HttpServer.Listener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  /** Longer than an idle connection is left open when the server closes. */
  private static final Duration ANSWER_TAKES = Duration.ofMillis(1_500);

  private final CountDownLatch working = new CountDownLatch(1);

  @Test
  void closeWaitsForAnAnswerThatIsBeingWorkedOut() throws Exception {
    RequestFilter filter =
        new RequestFilter(1, 8_000, Duration.ofSeconds(5), new SimpleMeterRegistry(), any -> null);
    Listener listener = new Listener("test", "127.0.0.1", 0, 16, 100, 8_192, Set.of());
    HttpServer server =
        HttpServer.start(listener, filter, routes -> routes.get("/slow", this::slow));
    CompletableFuture<HttpResponse<String>> answer =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/slow"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();

    server.close();

    assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(answer.get().body()).isEqualTo("{\"done\":true}");
  }

  private Response slow(Request request) {
    working.countDown();
    try {
      Thread.sleep(ANSWER_TAKES.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Response.Body.of(Map.of("done", true));
  }
}
