package io.creditflow.streams;

import java.time.Duration;

/** Whether one stream thread gets on. Written by that thread, read by any. */
final class ThreadProgress {
  private volatile long polledNanos = System.nanoTime();
  private volatile String waitingFor;

  /** It asks for records, which it does between any two steps of its work. */
  void polls() {
    polledNanos = System.nanoTime();
  }

  /** Runs a call to the brokers that may have to wait for them, without end. */
  void waitFor(String what, Runnable call) {
    waitingFor = what;
    try {
      call.run();
    } finally {
      waitingFor = null;
    }
  }

  Duration sincePolled() {
    return Duration.ofNanos(System.nanoTime() - polledNanos);
  }

  /** What it waits for just now, in words; null if that is not known. */
  String waitingFor() {
    return waitingFor;
  }
}
