package io.creditflow.bench.machine;

import java.time.Duration;

/** Waiting for what can be asked. */
public final class Await {
  private static final long PAUSE_MILLIS = 20;

  private Await() {}

  /** A condition that may fail itself. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Asks again and again until it holds. */
  public static void until(String what, Duration patience, Condition condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.holds()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Within " + patience + " it did not come that " + what);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting until " + what, e);
    } catch (Exception e) {
      throw new IllegalStateException("Could not be asked: " + what, e);
    }
  }
}
