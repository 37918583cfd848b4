package io.creditflow.schemas;

/**
 * The bytes are not a record of the expected type. A retry does not help.
 *
 * <p>The message says what is wrong with the bytes; it becomes the {@code detail} header of a
 * rejected event. The exception has no stack trace, because bad input may arrive a hundred thousand
 * times a second.
 */
public final class UndecodableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The first two rejection reasons of contract section 5, named as in the header. */
  public enum Reason {
    /**
     * Bad magic byte, unknown schema id, or bytes that match neither their writer schema nor the
     * topic's.
     */
    UNDECODABLE,
    /** Valid bytes of a schema other than the topic's. */
    WRONG_TYPE
  }

  private final Reason reason;

  UndecodableException(Reason reason, String detail, Throwable cause) {
    super(detail, cause, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
