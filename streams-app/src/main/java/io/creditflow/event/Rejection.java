package io.creditflow.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Why a record cannot be counted (contract section 5).
 *
 * @param detail what is wrong and what to do, for the people who sent it; at most {@value
 *     RejectionDetail#BYTES_MAX} bytes of UTF-8
 * @param omitted what stands for the value of a record that is too large to be kept; else null
 */
public record Rejection(Reason reason, String detail, @Nullable Omitted omitted) {
  /** In the order in which they are looked for: the first that applies is given. */
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
   * A value that is left out.
   *
   * @param bytes its length
   * @param sha256 in hexadecimal digits
   */
  public record Omitted(long bytes, String sha256) {
    /** Of a value, which may be null. */
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
