package io.creditflow.api.http;

import jakarta.servlet.http.HttpServletResponse;

/** Headers that every answer carries, so that no browser makes more of it than it is. */
final class SecurityHeaders {
  /** For answers that are no pages: nothing may be loaded or framed. */
  static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  static void set(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", NOTHING);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private SecurityHeaders() {}
}
