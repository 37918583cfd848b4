package io.creditflow.api.auth;

/** The token is not to be trusted, or there is none; says why in words fit for its sender. */
public final class BadTokenException extends RuntimeException {
  private final boolean missing;

  private BadTokenException(String message, boolean missing, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  BadTokenException(String message) {
    this(message, false, null);
  }

  BadTokenException(String message, Throwable cause) {
    this(message, false, cause);
  }

  static BadTokenException missing() {
    return new BadTokenException("Send a token: Authorization: Bearer <JWT>.", true, null);
  }

  /** True if no token was sent at all. */
  public boolean isMissing() {
    return missing;
  }
}
