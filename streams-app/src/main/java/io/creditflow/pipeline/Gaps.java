package io.creditflow.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often offsets and states did not agree in this process, and that was mended. */
final class Gaps {
  private final LongAdder healed = new LongAdder();
  private final LongAdder restoredAgain = new LongAdder();
  private final Map<Integer, Integer> notWhole = new ConcurrentHashMap<>();

  /** Records that no offset led to were read again. */
  void healed() {
    healed.increment();
  }

  long healedCount() {
    return healed.sum();
  }

  /**
   * A state is not whole.
   *
   * @return whether it may be restored from its changelog: once, as twice gives the same
   */
  boolean mayRestoreAgain(int partition) {
    if (notWhole.merge(partition, 1, Integer::sum) > 1) {
      return false;
    }
    restoredAgain.increment();
    return true;
  }

  void whole(int partition) {
    notWhole.remove(partition);
  }

  long restoredAgainCount() {
    return restoredAgain.sum();
  }
}
