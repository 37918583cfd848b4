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
    request.parameters().requireGood();
    return Response.Body.of(caller);
  }
}
