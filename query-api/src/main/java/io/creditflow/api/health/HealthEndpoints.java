package io.creditflow.api.health;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.creditflow.api.http.Response.Rendered;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /health/live} and {@code GET /health/ready}; no token is needed. */
public final class HealthEndpoints {
  private static final Rendered LIVE = Rendered.of(Map.of("status", "UP"));

  private final Readiness readiness;

  public HealthEndpoints(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Always 200: the process runs. */
  public Response live(Request request) {
    request.parameters().requireValidAndKnown();
    return new Response.Body(LIVE, null, 200);
  }

  /** 200 if the instance is ready, else 503; the body is the readiness report. */
  public Response ready(Request request) {
    request.parameters().requireValidAndKnown();
    Readiness.Report report = readiness.report();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", report.status());
    body.putAll(report.details());
    return new Response.Body(Rendered.of(body), null, report.isReady() ? 200 : 503);
  }
}
