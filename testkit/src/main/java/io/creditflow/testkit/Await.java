package io.creditflow.testkit;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits until a condition holds. */
public final class Await {
  private static final long PAUSE_MILLIS = 25;

  private Await() {}

  /** A condition that is expected to become true. An exception ends the wait. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * @param what describes the condition, for the failure message
   * @throws AssertionError if the condition does not hold within {@code patience}
   */
  public static void until(String what, Duration patience, Condition condition) {
    until(() -> what, patience, condition);
  }

  /**
   * @param what describes the condition; called only for the failure message
   * @throws AssertionError if the condition does not hold within {@code patience}
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

  /** Sleeps, for callers that need time to pass. */
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
    } catch (Exception e) { // Condition declares it
      throw new IllegalStateException("A condition could not be evaluated", e);
    }
  }
}
