package io.creditflow.event;

/**
 * Why a record cannot be counted (contract section 5).
 *
 * @param detail what is wrong, where, for the people who sent it
 */
public record Rejection(Reason reason, String detail) {
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
}
