package io.creditflow.api.peer;

import io.creditflow.api.http.Endpoint;
import io.creditflow.api.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Lets only other instances through, if they share a secret. The caller's own token is checked
 * besides, by the endpoint.
 */
public final class PeerAuthentication {
  private final Optional<byte[]> secret;

  public PeerAuthentication(Optional<String> secret) {
    this.secret = secret.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

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

  /** Takes the same time wherever the first difference is. */
  private boolean isRight(String given) {
    return given != null
        && MessageDigest.isEqual(secret.orElseThrow(), given.getBytes(StandardCharsets.UTF_8));
  }
}
