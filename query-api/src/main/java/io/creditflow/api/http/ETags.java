package io.creditflow.api.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Computes strong entity tags: a hash of the content. */
public final class ETags {
  private static final int HASH_BYTES = 15; // a multiple of 3: no padding in Base64

  /** The entity tag of the content, in quotes. */
  public static String of(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      byte[] part = Arrays.copyOf(hash, HASH_BYTES);
      return '"' + Base64.getUrlEncoder().encodeToString(part) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Whether an If-None-Match header matches the tag. The header is a list of strong and weak tags,
   * or {@code *}.
   *
   * @param ifNoneMatch null if the header is absent
   */
  public static boolean matches(String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String part : ifNoneMatch.split(",", -1)) {
      String candidate = part.strip();
      if (candidate.startsWith("W/")) {
        candidate = candidate.substring(2);
      }
      if (candidate.equals(tag) || candidate.equals("*")) {
        return true;
      }
    }
    return false;
  }

  private ETags() {}
}
