package io.creditflow.streams;

import java.time.Duration;

/**
 * When a stream thread polled last, and what it waits for. Written by the stream thread, read by
 * any thread.
 */
final class ThreadProgress {
  private volatile long polledNanos = System.nanoTime();
  private volatile String waitingFor;

  /** Called when the stream thread polls, which it does in each round of its loop. */
  void onPoll() {
    polledNanos = System.nanoTime();
  }

  /**
   * Runs a call that may wait for the brokers for an unlimited time.
   *
   * @param what a description of what the call waits for
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

  /** A description of what the thread waits for; null while {@link #waitFor} runs no call. */
  String waitingFor() {
    return waitingFor;
  }
}
