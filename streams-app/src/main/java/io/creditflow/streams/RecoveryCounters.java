package io.creditflow.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often offsets and states did not agree in this process, and that was repaired. */
final class RecoveryCounters {
  private final LongAdder rewound = new LongAdder();
  private final LongAdder restored = new LongAdder();
  private final Map<Integer, Integer> incomplete = new ConcurrentHashMap<>();

  /** Records that no offset led to were read again. */
  void rewound() {
    rewound.increment();
  }

  long rewoundCount() {
    return rewound.sum();
  }

  /**
   * A state is not whole.
   *
   * @return whether it may be restored from its changelog: once, as twice gives the same
   */
  boolean mayRestore(int partition) {
    if (incomplete.merge(partition, 1, Integer::sum) > 1) {
      return false;
    }
    restored.increment();
    return true;
  }

  void complete(int partition) {
    incomplete.remove(partition);
  }

  long restoreCount() {
    return restored.sum();
  }
}
