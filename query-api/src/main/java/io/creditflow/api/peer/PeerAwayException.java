package io.creditflow.api.peer;

/** Another instance could not answer: not reached, too slow, or it does not hold the partition. */
public final class PeerAwayException extends RuntimeException {
  PeerAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  public PeerAwayException(String message) {
    super(message);
  }
}
