package io.creditflow.api.auth;

import java.util.List;

/** Where the public keys come from. */
interface KeySource {
  /**
   * The keys as last read.
   *
   * @throws KeysUnavailableException if they could never be read
   */
  KeySet current();

  /** The keys after asking for fresh ones, because a token names one that is not known. */
  KeySet afterUnknownKey();

  /**
   * Keys read at one time.
   *
   * @param generation differs whenever the keys do
   */
  record KeySet(long generation, List<VerificationKey> keys) {}
}
