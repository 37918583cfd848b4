package io.creditflow.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how often this process has recovered because offsets and state did not match. Thread-safe.
 */
final class RecoveryCounters {
  private final LongAdder rewound = new LongAdder();
  private final LongAdder restored = new LongAdder();

  /** How often each partition's state was incomplete since it was last complete. */
  private final Map<Integer, Integer> incomplete = new ConcurrentHashMap<>();

  /** Counts that a topic was read again, because its offset was ahead of the state. */
  void countRewind() {
    rewound.increment();
  }

  long rewoundCount() {
    return rewound.sum();
  }

  /**
   * Notes that the state of a partition is incomplete.
   *
   * @return whether the state may be restored from its changelog. True the first time only, because
   *     a second restore would produce the same state
   */
  boolean onIncomplete(int partition) {
    if (incomplete.merge(partition, 1, Integer::sum) > 1) {
      return false;
    }
    restored.increment();
    return true;
  }

  /** Notes that the state of a partition is complete. */
  void onComplete(int partition) {
    incomplete.remove(partition);
  }

  long restoreCount() {
    return restored.sum();
  }
}
