package io.creditflow.api.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditflow.testkit.UnresponsiveServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One instance asks another, which answers as the test says. */
class PeerClientTest {
  private static final long PATIENCE_MILLIS = 10_000;

  private final PeerClient client =
      new PeerClient(Optional.of("secret"), Duration.ofMillis(PATIENCE_MILLIS));
  private HttpServer server;
  private String address;
  private volatile HttpExchange asked;
  private volatile int status = 200;
  private volatile boolean isNotHere;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    address = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked = exchange;
    byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
    if (isNotHere) {
      exchange.getResponseHeaders().set(PeerClient.NOT_HERE_HEADER, "true");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void asksThePublicPathBehindThePrefixWithHeadersAndSecret() {
    byte[] body = ask(Map.of("Authorization", "Bearer t", "If-None-Match", "\"5\"")).body();

    assertThat(body).asString(StandardCharsets.UTF_8).isEqualTo("answer");
    assertThat(asked.getRequestURI()).hasToString("/peer/v1/workspaces/a%2Fb/credits?limit=1");
    assertThat(asked.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
    assertThat(asked.getRequestHeaders().getFirst("If-None-Match")).isEqualTo("\"5\"");
    assertThat(asked.getRequestHeaders().getFirst(PeerClient.SECRET_HEADER)).isEqualTo("secret");
  }

  @Test
  void whatTheOtherRefusesIsAnAnswer() {
    status = 404;

    assertThat(ask(Map.of()).statusCode()).isEqualTo(404);
    assertThat(client.isBackedOff(address)).isFalse();
  }

  @Test
  void oneThatFailsIsAwayButNotLeftAlone() {
    status = 500;

    assertThatThrownBy(() -> ask(Map.of()))
        .isInstanceOf(PeerUnavailableException.class)
        .hasMessage(address + " answered 500");
    assertThat(client.isBackedOff(address)).isFalse();
  }

  @Test
  void oneThatDoesNotHoldThePartitionSaysSo() {
    status = 503;
    isNotHere = true;

    assertThatThrownBy(() -> ask(Map.of()))
        .isInstanceOf(PeerUnavailableException.class)
        .hasMessage(address + " does not hold it");
  }

  @Test
  void oneThatCannotBeReachedIsLeftAloneUntilItAnswers() throws IOException {
    server.stop(0);
    assertThatThrownBy(() -> ask(Map.of()))
        .isInstanceOf(PeerUnavailableException.class)
        .hasMessage(address + " cannot be reached");
    assertThat(client.isBackedOff(address)).isTrue();

    HttpServer again =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getAddress().getPort()),
            0);
    again.createContext("/", this::answer);
    again.start();
    try {
      assertThat(ask(Map.of()).statusCode()).isEqualTo(200);
      assertThat(client.isBackedOff(address)).isFalse();
    } finally {
      again.stop(0);
    }
  }

  @Test
  void oneThatDoesNotAnswerInTimeIsLeftAlone() {
    try (UnresponsiveServer silent = new UnresponsiveServer()) {
      String frozen = silent.address();

      assertThatThrownBy(() -> client.get(frozen, "/", Map.of(), 50))
          .isInstanceOf(PeerUnavailableException.class)
          .hasMessage(frozen + " does not answer in time");
      assertThat(client.isBackedOff(frozen)).isTrue();
      assertThat(client.isBackedOff(address)).isFalse();
    }
  }

  private HttpResponse<byte[]> ask(Map<String, String> headers) {
    return client.get(address, "/v1/workspaces/a%2Fb/credits?limit=1", headers, PATIENCE_MILLIS);
  }
}
