package io.creditflow.quickstart;

/** Something outside the program is in the way; one line says what, where and what to do next. */
final class StartupException extends RuntimeException {
  StartupException(String message) {
    super(message);
  }
}
