package io.creditflow.engine;

/**
 * This version must not count on from a state that another version wrote; waiting does not help.
 */
public final class IncompatibleStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncompatibleStateException(String message) {
    super(message);
  }
}
