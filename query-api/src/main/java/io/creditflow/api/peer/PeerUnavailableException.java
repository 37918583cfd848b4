package io.creditflow.api.peer;

/** Another instance could not be reached, was too slow, or does not hold the partition. */
public final class PeerUnavailableException extends RuntimeException {
  PeerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public PeerUnavailableException(String message) {
    super(message);
  }
}
