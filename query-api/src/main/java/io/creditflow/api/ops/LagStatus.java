package io.creditflow.api.ops;

import java.util.List;

/** How a partition is doing, by Burrow's rules, worst last. */
public enum LagStatus {
  /** Caught up at some time in the window, or catching up. */
  OK,
  /** Commits go on, but the lag grew all through the window. */
  WARN,
  /** The committed offset went back. */
  REWIND,
  /** Somebody holds the partition, but commits nothing although records wait. */
  STALLED,
  /** Nobody holds the partition, and records wait. */
  STOPPED;

  /** One look at a partition. */
  record Sample(long committed, long lag) {}

  /**
   * Judges the samples of a window, oldest first. A partition that had no lag at any time in it is
   * well, so idle and slow topics raise nothing.
   *
   * @param isWholeWindow false while too little was seen to call anything bad
   */
  static LagStatus of(List<Sample> window, boolean isWholeWindow, boolean isHeld) {
    boolean wentBack = false;
    boolean moved = false;
    boolean grewThroughout = window.size() > 1;
    for (int i = 0; i < window.size(); i++) {
      Sample sample = window.get(i);
      if (i > 0) {
        Sample before = window.get(i - 1);
        wentBack |= sample.committed() < before.committed();
        moved |= sample.committed() > before.committed();
        grewThroughout &= sample.lag() >= before.lag();
      }
    }
    if (wentBack) {
      return REWIND;
    }
    if (!isWholeWindow || window.stream().anyMatch(sample -> sample.lag() == 0)) {
      return OK;
    }
    if (!moved) {
      return isHeld ? STALLED : STOPPED;
    }
    boolean grew = window.get(window.size() - 1).lag() > window.get(0).lag();
    return grewThroughout && grew ? WARN : OK;
  }
}
