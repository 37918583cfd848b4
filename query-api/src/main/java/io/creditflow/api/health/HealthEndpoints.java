package io.creditflow.api.health;

import io.creditflow.api.http.Call;
import io.creditflow.api.http.Reply;
import io.creditflow.api.http.Reply.Rendered;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /health/live} and {@code GET /health/ready}, open to all. */
public final class HealthEndpoints {
  private static final Rendered LIVE = Rendered.of(Map.of("status", "UP"));

  private final Readiness readiness;

  public HealthEndpoints(Readiness readiness) {
    this.readiness = readiness;
  }

  /** 200 as long as the process can answer at all. */
  public Reply live(Call call) {
    call.parameters().requireGood();
    return new Reply.Body(LIVE, null, 200);
  }

  public Reply ready(Call call) {
    call.parameters().requireGood();
    Readiness.Report report = readiness.report();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", report.status());
    body.putAll(report.details());
    return new Reply.Body(Rendered.of(body), null, report.isReady() ? 200 : 503);
  }
}
