package io.creditflow.api.http;

/** Ends the handling of a request with a problem response. It has no stack trace. */
public final class ProblemException extends RuntimeException {
  private final Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
