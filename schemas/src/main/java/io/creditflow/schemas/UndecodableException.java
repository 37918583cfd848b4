package io.creditflow.schemas;

/**
 * These bytes are not the record that was expected, and no waiting will change that.
 *
 * <p>The message says what is wrong with them, fit for the {@code detail} header of a rejected
 * event. No stack trace: bad input may come by the hundred thousand a second.
 */
public final class UndecodableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Which of the first two reasons of contract section 5 applies; names are those of the header.
   */
  public enum Reason {
    /** Bad magic byte, unknown schema id, bytes that do not match their schema or ours. */
    UNDECODABLE,
    /** Sound bytes of another schema than the topic's. */
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
