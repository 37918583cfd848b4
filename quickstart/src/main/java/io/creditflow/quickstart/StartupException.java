package io.creditflow.quickstart;

/**
 * The start fails because of the environment. The message is one line that says what is wrong and
 * how to fix it.
 */
final class StartupException extends RuntimeException {
  StartupException(String message) {
    super(message);
  }
}
