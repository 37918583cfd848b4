package io.creditflow.api.ops;

import java.util.Collection;
import java.util.List;

/** The status of a partition by the rules of Burrow, a lag monitor. The worst status comes last. */
public enum LagStatus {
  /** None of the others. Until the window of samples is full, only this and REWIND are possible. */
  OK,
  /** Offsets are committed, but the lag grew and never decreased within the window. */
  WARN,
  /** The committed offset decreased. */
  REWIND,
  /** An instance owns the partition and has lag, but committed no offset of any topic. */
  STALLED,
  /** No instance owns the partition, and it has lag. */
  STOPPED,
  /** The partition has no leader, so it can be neither written nor read. */
  NO_LEADER;

  /** One measurement of a partition: the committed offset and the lag in records. */
  record Sample(long committed, long lag) {}

  /** Whether the committed offset changed within a window. */
  static boolean hasMoved(Collection<Sample> window) {
    return window.stream().mapToLong(Sample::committed).distinct().count() > 1;
  }

  /**
   * Computes the status from the samples of a window, oldest first. A partition that had no lag at
   * some time in the window is OK, so idle topics cause no warning. The caller decides NO_LEADER.
   *
   * @param isWholeWindow whether the window is full; before that only REWIND and OK are possible
   * @param isHeld whether an instance owns the partition
   * @param isTaskMoving whether the committed offset of this partition number changed in any topic
   *     within the window. One task processes this partition number of all topics, oldest record
   *     first, so one topic may wait for another
   */
  static LagStatus of(
      List<Sample> window, boolean isWholeWindow, boolean isHeld, boolean isTaskMoving) {
    boolean wentBack = false;
    boolean neverDecreased = window.size() > 1;
    for (int i = 1; i < window.size(); i++) {
      Sample before = window.get(i - 1);
      wentBack |= window.get(i).committed() < before.committed();
      neverDecreased &= window.get(i).lag() >= before.lag();
    }
    if (wentBack) {
      return REWIND;
    }
    if (!isWholeWindow || window.stream().anyMatch(sample -> sample.lag() == 0)) {
      return OK;
    }
    if (!isTaskMoving) {
      return isHeld ? STALLED : STOPPED;
    }
    boolean grew = window.get(window.size() - 1).lag() > window.get(0).lag();
    return neverDecreased && grew ? WARN : OK;
  }
}
