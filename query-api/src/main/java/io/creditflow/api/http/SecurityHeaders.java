package io.creditflow.api.http;

import jakarta.servlet.http.HttpServletResponse;

/** Security headers of every response: browsers must not sniff, frame or embed it. */
final class SecurityHeaders {
  /** The Content-Security-Policy of responses that are not pages: no loading, no framing. */
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
