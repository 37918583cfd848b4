package io.creditflow.api.ops;

import java.util.Collection;
import java.util.List;

/** How a partition is doing, by Burrow's rules, worst last. */
public enum LagStatus {
  /** Caught up at some time in the window, or catching up. */
  OK,
  /** Commits go on, but the lag grew all through the window. */
  WARN,
  /** The committed offset went back. */
  REWIND,
  /** Somebody holds the partition, but commits nothing of any topic although records wait. */
  STALLED,
  /** Nobody holds the partition, and records wait. */
  STOPPED,
  /** No broker leads the partition: nothing can be written to it or read from it. */
  NO_LEADER;

  /** One look at a partition. */
  record Sample(long committed, long lag) {}

  /** Whether anything was committed in a window, whichever way. */
  static boolean hasMoved(Collection<Sample> window) {
    return window.stream().mapToLong(Sample::committed).distinct().count() > 1;
  }

  /**
   * Judges the samples of a window, oldest first. A partition that had no lag at any time in it is
   * well, so idle and slow topics raise nothing.
   *
   * @param isWholeWindow false while too little was seen to call anything bad
   * @param isTaskMoving whether anything was committed of this partition of any topic: one task
   *     counts them all, oldest records first, so that a topic may have to wait for its turn
   */
  static LagStatus of(
      List<Sample> window, boolean isWholeWindow, boolean isHeld, boolean isTaskMoving) {
    boolean wentBack = false;
    boolean grewThroughout = window.size() > 1;
    for (int i = 1; i < window.size(); i++) {
      Sample before = window.get(i - 1);
      wentBack |= window.get(i).committed() < before.committed();
      grewThroughout &= window.get(i).lag() >= before.lag();
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
    return grewThroughout && grew ? WARN : OK;
  }
}
