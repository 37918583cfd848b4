package io.creditflow.api.peer;

import io.creditflow.api.http.Endpoint;
import io.creditflow.api.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Checks that a request comes from another instance, by the shared secret. If no secret is
 * configured, accepts every request. The endpoint also checks the caller's token.
 */
public final class PeerAuthentication {
  private final Optional<byte[]> secret;

  public PeerAuthentication(Optional<String> secret) {
    this.secret = secret.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Wraps an endpoint so that it is called only for requests from other instances. */
  public Endpoint only(Endpoint endpoint) {
    return request -> {
      String given = request.header(PeerClient.SECRET_HEADER);
      if (secret.isPresent() && !isRight(given)) {
        throw Problem.forbidden("This is for other instances; creditflow.peer.secret differs.")
            .exception();
      }
      return endpoint.handle(request);
    };
  }

  /** Compares in constant time. */
  private boolean isRight(String given) {
    return given != null
        && MessageDigest.isEqual(secret.orElseThrow(), given.getBytes(StandardCharsets.UTF_8));
  }
}
