package io.creditflow.api.auth;

import java.util.List;

/** A source of the public keys that verify tokens. Thread-safe. */
interface KeySource {
  /**
   * The keys that were read last.
   *
   * @throws KeysUnavailableException if no keys have been read yet
   */
  KeySet current();

  /** The keys after an attempt to reload them, because a token names an unknown key. */
  KeySet afterUnknownKey();

  /**
   * The keys of one JWKS document.
   *
   * @param generation a number that changes whenever the keys change
   */
  record KeySet(long generation, List<VerificationKey> keys) {}
}
