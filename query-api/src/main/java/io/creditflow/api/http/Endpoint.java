package io.creditflow.api.http;

/** Handles the requests of one route. Must be thread-safe. */
@FunctionalInterface
public interface Endpoint {
  /**
   * @throws ProblemException if the response is an error
   */
  Response handle(Request request);
}
