package io.creditflow.testkit;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a condition, not for time to pass. */
public final class Await {
  private static final long PAUSE_MILLIS = 25;

  private Await() {}

  /** Something that becomes true; what it throws ends the wait. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * @param what the condition in words, for the failure
   * @throws AssertionError if it does not hold within the patience
   */
  public static void until(String what, Duration patience, Condition condition) {
    until(() -> what, patience, condition);
  }

  /**
   * @param what the condition in words; asked for only when it does not hold in time
   * @throws AssertionError if it does not hold within the patience
   */
  public static void until(Supplier<String> what, Duration patience, Condition condition) {
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

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    } catch (Exception e) { // what Condition declares
      throw new IllegalStateException("A condition could not be tried", e);
    }
  }
}
