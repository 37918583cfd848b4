package io.creditflow.api.auth;

/** A request has no token or an invalid one. The message may be shown to the sender. */
public final class InvalidTokenException extends RuntimeException {
  private final boolean missing;

  private InvalidTokenException(String message, boolean missing, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  InvalidTokenException(String message) {
    this(message, false, null);
  }

  InvalidTokenException(String message, Throwable cause) {
    this(message, false, cause);
  }

  static InvalidTokenException missing() {
    return new InvalidTokenException("Send a token: Authorization: Bearer <JWT>.", true, null);
  }

  /** True if the request has no token. */
  public boolean isMissing() {
    return missing;
  }
}
