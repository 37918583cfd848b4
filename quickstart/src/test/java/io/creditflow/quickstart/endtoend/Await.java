package io.creditflow.quickstart.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for a condition, not for time to pass. */
final class Await {
  private Await() {}

  static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    until(() -> what, patience, condition);
  }

  /**
   * @param what asked for only when it did not come
   */
  static void until(Supplier<String> what, Duration patience, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + patience.toSeconds() + " s: " + what.get());
      }
      Thread.sleep(50);
    }
  }
}
