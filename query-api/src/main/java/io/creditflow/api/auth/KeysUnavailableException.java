package io.creditflow.api.auth;

/** No keys could be fetched yet, so no token can be judged; passes with time. */
public final class KeysUnavailableException extends RuntimeException {
  KeysUnavailableException(String message) {
    super(message);
  }
}
