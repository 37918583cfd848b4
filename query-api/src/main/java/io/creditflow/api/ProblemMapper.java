package io.creditflow.api;

import io.creditflow.api.auth.InvalidTokenException;
import io.creditflow.api.auth.KeysUnavailableException;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Problem.BadParameter;
import io.creditflow.api.http.RequestFilter;
import io.creditflow.api.peer.NoReplicaAvailableException;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.query.InvalidQueryException;
import java.util.List;

/** Maps exceptions of authentication, queries and routing to problem responses (RFC 9457). */
final class ProblemMapper implements RequestFilter.ErrorMapping {
  @Override
  public Problem problemOf(RuntimeException exception) {
    if (exception instanceof InvalidTokenException token) {
      return Problem.unauthorized(token.getMessage(), token.isMissing());
    }
    if (exception instanceof KeysUnavailableException) {
      return Problem.unavailable("Tokens cannot be checked yet.", 2);
    }
    if (exception instanceof InvalidQueryException query) {
      return Problem.badParameters(
          List.of(new BadParameter(query.parameter(), query.getMessage())));
    }
    if (exception instanceof NoReplicaAvailableException) {
      return Problem.unavailable(exception.getMessage(), 1);
    }
    if (exception instanceof PartitionNotLocalException) {
      return Problem.unavailable(exception.getMessage(), 1)
          .with(PeerClient.NOT_HERE_HEADER, "true");
    }
    return null;
  }
}
