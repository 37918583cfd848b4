package io.creditflow.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a record is rejected (contract section 5).
 *
 * @param detail what is wrong and how to correct it, for the producer's developers; at most {@value
 *     RejectionDetail#BYTES_MAX} bytes of UTF-8
 * @param omitted size and hash of a value that is left out because the record is too large; else
 *     null
 */
public record Rejection(Reason reason, String detail, @Nullable Omitted omitted) {
  /**
   * The reasons in the order of the checks: a record is rejected for the first one that applies.
   */
  public enum Reason {
    UNDECODABLE,
    WRONG_TYPE,
    MISSING_FIELD,
    KEY_MISMATCH,
    WRONG_PARTITION,
    INVALID,
    TOO_OLD,
    IN_FUTURE,
    CONFLICT,
    UNMATCHED
  }

  /**
   * Size and hash of a value that is left out.
   *
   * @param bytes the length of the value
   * @param sha256 the SHA-256 of the value, in hexadecimal digits
   */
  public record Omitted(long bytes, String sha256) {
    /** Computes size and hash of a value. A null value counts as empty. */
    public static Omitted of(byte @Nullable [] value) {
      byte[] bytes = value == null ? new byte[0] : value;
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Omitted(bytes.length, HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  public Rejection {
    detail = RejectionDetail.cut(detail);
  }

  public Rejection(Reason reason, String detail) {
    this(reason, detail, null);
  }
}
