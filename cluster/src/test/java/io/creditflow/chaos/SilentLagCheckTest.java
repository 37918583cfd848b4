package io.creditflow.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.creditflow.testkit.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One instance, and a workspace that has had no fresh response for three minutes. */
class SilentLagCheckTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private int readiness = 200;
  private String lag = "{\"status\": \"OK\", \"maxLagSeconds\": 0}";
  private boolean isRunning = true;
  private HttpServer server;
  private SilentLagCheck check;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isLag = exchange.getRequestURI().getPath().equals("/v1/ops/lag");
          byte[] body = (isLag ? lag : "{}").getBytes(UTF_8);
          exchange.sendResponseHeaders(isLag ? 200 : readiness, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    ApiClient api = new ApiClient("http://127.0.0.1:" + server.getAddress().getPort(), "token");
    check = new SilentLagCheck(() -> isRunning ? List.of(api) : List.of(), List.of("w"), () -> now);
    now = now.plus(Duration.ofMinutes(3));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aLagThatNoInstanceReportsIsFoundOnce() {
    assertThat(check.problem("w")).isPresent();
    assertThat(check.problem("w")).isEmpty();
  }

  @Test
  void aFreshResponseIsNoLag() {
    check.note("w", now);

    assertThat(check.problem("w")).isEmpty();
  }

  @Test
  void aResponseAsOfLongAgoIsNotFresh() {
    check.note("w", now.minus(Duration.ofMinutes(2)));

    assertThat(check.problem("w")).isPresent();
  }

  @Test
  void aLagThatRaisesAnAlertIsReported() {
    lag = "{\"status\": \"OK\", \"maxLagSeconds\": 21}";

    assertThat(check.problem("w")).isEmpty();
  }

  @Test
  void aLagBelowTheAlertIsNotReported() {
    lag = "{\"status\": \"OK\", \"maxLagSeconds\": 20}";

    assertThat(check.problem("w")).isPresent();
  }

  @Test
  void aStatusOtherThanOkIsAReport() {
    lag = "{\"status\": \"STALLED\", \"maxLagSeconds\": 0}";

    assertThat(check.problem("w")).isEmpty();
  }

  @Test
  void anInstanceThatIsNotReadyReports() {
    readiness = 503;

    assertThat(check.problem("w")).isEmpty();
  }

  @Test
  void monitoringNoticesAStoppedInstance() {
    isRunning = false;

    assertThat(check.problem("w")).isEmpty();
  }
}
