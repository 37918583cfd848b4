package io.creditflow.streams;

import java.time.Duration;

/** When a stream thread polled last, and what it waits for. Written by it, read by any thread. */
final class ThreadProgress {
  private volatile long polledNanos = System.nanoTime();
  private volatile String waitingFor;

  /** Called when the stream thread polls, which it does between any two steps of its work. */
  void polls() {
    polledNanos = System.nanoTime();
  }

  /**
   * Runs a call that may wait for the brokers for an unlimited time.
   *
   * @param what what the call waits for, in words
   */
  void waitFor(String what, Runnable call) {
    waitingFor = what;
    try {
      call.run();
    } finally {
      waitingFor = null;
    }
  }

  /** The time since the last poll. */
  Duration sincePolled() {
    return Duration.ofNanos(System.nanoTime() - polledNanos);
  }

  /** What the thread waits for, in words; null if that is not known. */
  String waitingFor() {
    return waitingFor;
  }
}
