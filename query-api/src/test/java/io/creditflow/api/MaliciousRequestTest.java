package io.creditflow.api;

import static io.creditflow.api.fixture.RawHttp.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.RawHttp;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people send who mean no good; always one of the expected errors, reported as a problem. */
class MaliciousRequestTest {
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");

  @TempDir Path directory;
  private TestInstance instance;
  private String token;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    instance =
        new TestInstance(
            new InMemoryLocalState()
                .workspace("acme", "Acme", "UTC")
                .workspace("a/b c+d%é", "Odd", "UTC"),
            jwks,
            "CREDITFLOW_LIMIT_HEADER_BYTES",
            "16KiB");
    token = KEYS.token("*");
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void idsOfAnyCharactersAreReachedByPercentEncoding() throws IOException {
    assertThat(raw(line("/v1/workspaces/a%2Fb%20c+d%25%C3%A9/credits")))
        .startsWith("HTTP/1.1 200")
        .contains("\"Odd\"");
    assertThat(raw(line("/v1/workspaces/%2e%2e/credits")))
        .as("no workspace has this name")
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void strangePathsAreNotFound() throws IOException {
    for (String path :
        List.of(
            "/v1/workspaces/acme%2fcredits",
            "/v1/workspaces/../me",
            "/v1/workspaces/acme/../acme/credits",
            "/v1//workspaces/acme/credits",
            "/v1/workspaces//credits",
            "/v1/workspaces/acme;x=1/credits",
            "/v1;x=%ff/workspaces/acme/credits",
            "/v1/me;x=%00",
            "/V1/workspaces/acme/credits",
            "/peer/v1/workspaces/acme/credits",
            "/metrics",
            "//",
            "/v1/workspaces/" + "x".repeat(300) + "/credits")) {
      assertThat(statusOf(raw(line(path)))).as(path).isEqualTo(404);
    }
  }

  @Test
  void pathsThatCannotBeReadAreMalformed() throws IOException {
    for (String path :
        List.of(
            "/v1/workspaces/%00/credits",
            "/v1/workspaces/%FF%FE/credits",
            "/v1/workspaces/%zz/credits",
            "/v1/workspaces/%/credits",
            "/v1/workspaces/acme/credits/history?limit=%2",
            "/v1/workspaces/;x=1%zz/credits",
            "/v1/workspaces/acme/credits;%",
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "*")) {
      assertThat(statusOf(raw(line(path)))).as(path).isEqualTo(400);
    }
  }

  @Test
  void anAddressWithoutAPathIsMalformedAndSendsNobodyElsewhere() throws IOException {
    for (String target : List.of("?limit=5", "?", "#a")) {
      for (String method : List.of("GET", "OPTIONS", "CONNECT")) {
        String answer = raw(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
        assertThat(statusOf(answer)).as(method + " " + target + answer).isEqualTo(400);
        assertThat(answer).contains("application/problem+json").doesNotContain("Location");
      }
    }
  }

  @Test
  void methodsOtherThanGetAndHeadAreNotAllowed() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      String answer = raw(method + " /v1/workspaces/acme/credits HTTP/1.1\r\nHost: x\r\n");
      assertThat(statusOf(answer)).as(method + answer).isEqualTo(405);
      assertThat(answer).contains("application/problem+json").contains("Allow: GET, HEAD");
    }
    assertThat(statusOf(raw("FOO / HTTP/1.1\r\nHost: x\r\n"))).isEqualTo(405);
  }

  @Test
  void headIsHeldToTheSameRules() {
    String address = instance.address() + "/v1/workspaces/acme/credits";

    assertThat(instance.send("HEAD", address).statusCode()).isEqualTo(401);
    HttpResponse<String> answer =
        instance.send("HEAD", address, "Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).isPresent();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void tooMuchIsRefused() throws IOException {
    assertThat(statusOf(raw(line("/v1/me?x=" + "y".repeat(9_000))))).isEqualTo(414);
    assertThat(statusOf(raw(line("/v1/workspaces/" + "x".repeat(10_000) + "/credits"))))
        .isEqualTo(414);
    assertThat(statusOf(raw(line("/" + "x".repeat(1_000_000))))).isEqualTo(414);
    assertThat(statusOf(raw(line("/v1/me") + "X-Flood: " + "z".repeat(40_000) + "\r\n")))
        .isEqualTo(431);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      many.append("H").append(i).append(": v\r\n");
    }
    assertThat(statusOf(raw(line("/v1/me") + many))).isEqualTo(431);
    assertThat(statusOf(raw(line("/v1/me") + "Content-Length: 99999999\r\n"))).isEqualTo(413);
  }

  @Test
  void nonsenseIsRefusedAsAProblem() throws IOException {
    for (Map.Entry<String, Integer> one :
        Map.of("nonsense\r\n", 400, "GET / HTTP/9.9\r\nHost: x\r\n", 505, "GET\r\n", 400)
            .entrySet()) {
      String answer = raw(one.getKey());
      assertThat(statusOf(answer)).as(one.getKey() + "\n" + answer).isEqualTo(one.getValue());
      assertThat(answer).doesNotContain("<html").doesNotContain("jetty").doesNotContain("\tat ");
    }
  }

  @Test
  void aWebSocketIsNotOfferedAndMakesNoSession() throws IOException {
    String answer =
        raw(
            line("/v1/me")
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

    assertThat(statusOf(answer)).as(answer).isEqualTo(200);
    assertThat(answer).doesNotContain("Set-Cookie");
  }

  @Test
  void hundredsOfSlowSendersKeepNobodyOutAndAreHungUpOn() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), instance.http.port());
        socket.setSoTimeout(1);
        slow.add(socket);
        socket.getOutputStream().write(bytes("GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: "));
      }
      List<Socket> open = new ArrayList<>(slow);
      Await.until(
          () -> open.size() + " slow senders are hung up on",
          Duration.ofMinutes(1),
          () -> {
            open.removeIf(MaliciousRequestTest::isHungUpOn);
            assertThat(statusOf(raw(line("/v1/me")))).isEqualTo(200);
            return open.isEmpty();
          });
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Sends one byte more and looks whether that still interests anybody. */
  private static boolean isHungUpOn(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void anIdOfTenKilobytesThatTheLimitsLetThroughIsUnknownNotAnError() throws IOException {
    instance.close();
    instance =
        new TestInstance(
            new InMemoryLocalState(),
            directory.resolve("jwks.json"),
            "CREDITFLOW_LIMIT_URL_LENGTH",
            "64KiB",
            "CREDITFLOW_LIMIT_HEADER_BYTES",
            "128KiB");
    String id = "x".repeat(10_000);

    assertThat(statusOf(raw(line("/v1/workspaces/" + id + "/credits")))).isEqualTo(404);
    assertThat(statusOf(raw(line("/v1/workspaces/acme/credits/campaigns/" + id)))).isEqualTo(404);
    assertThat(statusOf(raw(line("/v1/workspaces/acme/credits/history?cursor=" + id))))
        .as("no cursor of ours")
        .isEqualTo(400);
  }

  @Test
  void answersCarrySecurityHeaders() {
    for (String path : List.of("/v1/me", "/nothing", "/health/live")) {
      HttpResponse<String> answer = instance.get(path);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  private String line(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n";
  }

  /** Sends a request head as it is, closing the connection after it. */
  private String raw(String head) throws IOException {
    return RawHttp.exchange(instance.http.port(), bytes(head + "Connection: close\r\n\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
