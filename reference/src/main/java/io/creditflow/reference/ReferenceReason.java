package io.creditflow.reference;

/** The rejection reasons, in the order in which they are checked (contract section 5). */
public enum ReferenceReason {
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
