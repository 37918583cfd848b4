package io.creditflow.api.http;

import jakarta.servlet.http.HttpServletResponse;

/** Headers that every answer carries, so that no browser makes more of it than it is. */
final class SecurityHeaders {
  /** For answers that are no pages: nothing may be loaded or framed. */
  static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  static void set(HttpServletResponse servletResponse) {
    servletResponse.setHeader("Content-Security-Policy", NOTHING);
    servletResponse.setHeader("X-Content-Type-Options", "nosniff");
    servletResponse.setHeader("X-Frame-Options", "DENY");
    servletResponse.setHeader("Referrer-Policy", "no-referrer");
    servletResponse.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private SecurityHeaders() {}
}
