package io.creditflow.api.auth;

/** No keys have been fetched yet, so no token can be verified. A later attempt may succeed. */
public final class KeysUnavailableException extends RuntimeException {
  KeysUnavailableException(String message) {
    super(message);
  }
}
