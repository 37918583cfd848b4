package io.creditflow.api.auth;

/** The token is not to be trusted, or there is none; says why in words fit for its sender. */
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

  /** True if no token was sent at all. */
  public boolean isMissing() {
    return missing;
  }
}
