package io.creditflow.engine;

/**
 * Thrown if this version cannot continue from a state that another version has written. A retry
 * does not help.
 */
public final class IncompatibleStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncompatibleStateException(String message) {
    super(message);
  }
}
