package io.creditflow.audit;

/** Something that does not add up. */
public record Finding(Kind kind, String text) {
  /** What it means for those who trust the numbers. */
  public enum Kind {
    /** A record neither counts nor is rejected. */
    LOST,
    /** A record counts, or was rejected or announced, more than once. */
    DOUBLE,
    /**
     * A record was rejected again, for the same reason: its partition was read again from an
     * earlier state, as after a cut of the changelog. No number is wrong.
     */
    REJECTED_AGAIN,
    /** Anything else. */
    WRONG
  }

  /** Whether a number is wrong, or might be. */
  boolean isDrift() {
    return kind != Kind.REJECTED_AGAIN;
  }

  /** The API says something else than the reference calculator. */
  static Finding differs(String what, Object expected, Object actual) {
    return new Finding(
        Kind.WRONG, what + "\n    recounted " + expected + "\n    answered  " + actual);
  }

  @Override
  public String toString() {
    return text;
  }
}
