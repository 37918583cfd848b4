package io.creditflow.api.http;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Endpoint {
  /**
   * @throws ProblemException if the answer is an error
   */
  Response handle(Request request);
}
