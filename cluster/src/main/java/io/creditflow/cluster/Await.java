package io.creditflow.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for a condition, not for time to pass. */
public final class Await {
  private static final long PAUSE_MILLIS = 25;

  private Await() {}

  public static void until(String what, Duration patience, Callable<Boolean> condition) {
    until(() -> what, patience, condition);
  }

  /**
   * @param what asked for only when it did not come
   * @throws AssertionError if it did not come in time
   */
  public static void until(Supplier<String> what, Duration patience, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + patience.toMillis() + " ms: " + what.get());
      }
      pause(PAUSE_MILLIS);
    }
  }

  /** Lets time pass, where that is what is wanted. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // what Callable declares
      throw new IllegalStateException("A condition could not be tried", e);
    }
  }
}
