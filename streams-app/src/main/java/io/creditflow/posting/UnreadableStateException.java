package io.creditflow.posting;

/**
 * This version must not count on from a state that another version wrote; waiting does not help.
 */
public final class UnreadableStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableStateException(String message) {
    super(message);
  }
}
