package io.creditflow.quickstart;

/** Something outside the program is in the way; one line says what, where and what to do next. */
final class CannotStartException extends RuntimeException {
  CannotStartException(String message) {
    super(message);
  }
}
