package io.creditflow.api;

import io.creditflow.answer.InvalidQueryException;
import io.creditflow.api.auth.BadTokenException;
import io.creditflow.api.auth.KeysUnavailableException;
import io.creditflow.api.http.Gate;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Problem.BadParameter;
import io.creditflow.api.peer.NobodyAnswersException;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.books.NotHereException;
import java.util.List;

/** What callers are told when the parts behind HTTP refuse. */
final class ErrorsAsProblems implements Gate.ErrorMapping {
  @Override
  public Problem problemOf(RuntimeException exception) {
    if (exception instanceof BadTokenException token) {
      return Problem.unauthorized(token.getMessage(), token.isMissing());
    }
    if (exception instanceof KeysUnavailableException) {
      return Problem.unavailable("Tokens cannot be checked yet.", 2);
    }
    if (exception instanceof InvalidQueryException query) {
      return Problem.badParameters(
          List.of(new BadParameter(query.parameter(), query.getMessage())));
    }
    if (exception instanceof NobodyAnswersException) {
      return Problem.unavailable(exception.getMessage(), 1);
    }
    if (exception instanceof NotHereException) {
      return Problem.unavailable(exception.getMessage(), 1)
          .with(PeerClient.NOT_HERE_HEADER, "true");
    }
    return null;
  }
}
