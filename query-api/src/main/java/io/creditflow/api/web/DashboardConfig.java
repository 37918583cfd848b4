package io.creditflow.api.web;

import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;

/**
 * The configuration of the dashboard ({@code GET /config.json}). It needs no token, because the
 * dashboard reads it before sign-in.
 *
 * @param supportContact null if it is not configured, like all other texts
 */
public record DashboardConfig(
    String supportContact, String adminHint, String loginUrl, Links links) {

  /** The links of settings tabs that lead to other applications; null hides the tab. */
  public record Links(String team, String integrations, String sourcing) {}

  public static DashboardConfig of(Configuration configuration) {
    return new DashboardConfig(
        configuration.get(Settings.SUPPORT_CONTACT).orElse(null),
        configuration.get(Settings.ADMIN_HINT).orElse(null),
        configuration.get(Settings.LOGIN_URL).orElse(null),
        new Links(
            configuration.get(Settings.LINK_TEAM).orElse(null),
            configuration.get(Settings.LINK_INTEGRATIONS).orElse(null),
            configuration.get(Settings.LINK_SOURCING).orElse(null)));
  }

  public Response reply(Request request) {
    request.parameters().requireValidAndKnown();
    return Response.Body.of(this);
  }
}
