package io.creditflow.api.metrics;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics} on the management port, in Prometheus' text format. */
public final class MetricsEndpoint {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry meters;

  public MetricsEndpoint(PrometheusMeterRegistry meters) {
    this.meters = meters;
  }

  public Response metrics(Request request) {
    return new Response.Plain(meters.scrape().getBytes(StandardCharsets.UTF_8), MEDIA_TYPE);
  }
}
