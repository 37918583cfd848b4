package io.creditflow.api.auth;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;

/** {@code GET /v1/me}: the subject, workspaces and permissions of the token. */
public final class MeEndpoint {
  private final TokenVerifier tokens;

  public MeEndpoint(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  public Response me(Request request) {
    Caller caller = tokens.callerOf(request.header("Authorization"));
    // This route reads no parameter, so any parameter is unknown and gives 400.
    request.parameters().requireValidAndKnown();
    return Response.Body.of(caller);
  }
}
