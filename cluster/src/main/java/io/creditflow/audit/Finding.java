package io.creditflow.audit;

/** A difference or error that the audit found. */
public record Finding(Kind kind, String text) {
  /** The effect of a finding on the numbers. */
  public enum Kind {
    /** A record is neither counted nor rejected. */
    LOST,
    /**
     * A record was counted more than once or rejected for different reasons, or an alert was
     * published twice.
     */
    DOUBLE,
    /**
     * A record was rejected again for the same reason, because its partition was processed again
     * from an earlier state, for example after the changelog was truncated. No number is wrong.
     */
    REJECTED_AGAIN,
    /** Anything else. */
    WRONG
  }

  /** Whether a number is or may be wrong. */
  boolean isDrift() {
    return kind != Kind.REJECTED_AGAIN;
  }

  /** A difference between the API's response and the reference calculator's. */
  static Finding differs(String what, Object expected, Object actual) {
    return new Finding(
        Kind.WRONG, what + "\n    recounted " + expected + "\n    answered  " + actual);
  }

  @Override
  public String toString() {
    return text;
  }
}
