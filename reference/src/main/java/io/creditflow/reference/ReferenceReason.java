package io.creditflow.reference;

/** Why a record is rejected, in the order in which reasons are tried (contract section 5). */
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
