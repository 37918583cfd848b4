package io.creditflow.api;

import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestPlacement;
import io.creditflow.api.health.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Both ports of one instance over state in memory, on free ports of the loopback. */
public final class TestInstance implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public final InMemoryLocalState localState;
  public final TestPlacement placement = new TestPlacement();
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final HttpServers http;

  /** How often somebody had it drained. */
  public final AtomicInteger drains = new AtomicInteger();

  volatile Readiness.Report report = new Readiness.Report(true, "UP", Map.of());

  /**
   * @param settings further variables, name and value by turns
   */
  public TestInstance(InMemoryLocalState localState, Path jwks, String... settings) {
    this.localState = localState;
    Map<String, String> environment = new HashMap<>();
    environment.put("CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("CREDITFLOW_REGISTRY_URL", "http://127.0.0.1:1");
    environment.put("CREDITFLOW_AUTH_JWKS", jwks.toString());
    environment.put("CREDITFLOW_HTTP_HOST", "127.0.0.1");
    environment.put("CREDITFLOW_HTTP_PORT", "0");
    environment.put("CREDITFLOW_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("CREDITFLOW_MANAGEMENT_PORT", "0");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    Configuration configuration = ConfigurationReader.read(null, environment);
    http =
        HttpServers.start(
            configuration,
            new HttpServers.Dependencies(
                localState, placement, () -> report, meters, drains::incrementAndGet),
            Clock.systemUTC());
    placement.self(managementAddress());
  }

  public String managementAddress() {
    return "127.0.0.1:" + http.managementPort();
  }

  /**
   * @param headers name and value by turns
   */
  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", "http://127.0.0.1:" + http.port() + path, headers);
  }

  public HttpResponse<String> management(String path, String... headers) {
    return send("GET", "http://" + managementAddress() + path, headers);
  }

  public HttpResponse<String> send(String method, String address, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + http.port();
  }

  @Override
  public void close() {
    http.close();
  }
}
