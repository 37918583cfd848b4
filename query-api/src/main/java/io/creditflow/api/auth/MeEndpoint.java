package io.creditflow.api.auth;

import io.creditflow.api.http.Call;
import io.creditflow.api.http.Reply;

/** {@code GET /v1/me}: what the token says. */
public final class MeEndpoint {
  private final TokenVerifier tokens;

  public MeEndpoint(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  public Reply me(Call call) {
    Caller caller = tokens.callerOf(call.header("Authorization"));
    call.parameters().requireGood();
    return Reply.Body.of(caller);
  }
}
