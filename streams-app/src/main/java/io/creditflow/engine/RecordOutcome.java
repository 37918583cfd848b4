package io.creditflow.engine;

/** What became of a record. */
public enum RecordOutcome {
  APPLIED,
  /** An identical repeat of one that stands: nothing changes. */
  REPEATED,
  /** A reversal whose event has not arrived. */
  WAITING,
  REJECTED
}
