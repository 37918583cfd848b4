package io.creditflow.engine;

/** What the engine has done with a record. */
public enum RecordOutcome {
  /** The event was counted. */
  APPLIED,
  /** The record is an exact duplicate of an event processed before. Nothing changes. */
  REPEATED,
  /** The record is a reversal whose usage event has not arrived. */
  WAITING,
  /** The record goes to {@code rejected-events}. */
  REJECTED
}
