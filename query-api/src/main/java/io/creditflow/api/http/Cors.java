package io.creditflow.api.http;

import io.javalin.http.Context;
import java.util.Set;

/**
 * CORS for the configured origins: their pages may read the API. Other origins get no CORS headers.
 */
final class Cors {
  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Answers a preflight request, or adds the CORS headers to the response of another request. */
  void handle(Context context) {
    context.res().addHeader("Vary", "Origin");
    String origin = context.header("Origin");
    if (origin == null || !origins.contains(origin)) {
      return;
    }
    context.header("Access-Control-Allow-Origin", origin);
    context.header("Access-Control-Expose-Headers", "ETag, Creditflow-As-Of, Retry-After");
    boolean isPreflight = context.header("Access-Control-Request-Method") != null;
    if (isPreflight && context.req().getMethod().equals("OPTIONS")) {
      context.header("Access-Control-Allow-Methods", "GET, HEAD");
      context.header("Access-Control-Allow-Headers", "Authorization, Accept, If-None-Match");
      context.header("Access-Control-Max-Age", "600");
      context.status(204).skipRemainingHandlers();
    }
  }
}
