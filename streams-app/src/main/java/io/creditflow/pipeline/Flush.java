package io.creditflow.pipeline;

import io.creditflow.posting.PostingEngine;
import java.util.concurrent.locks.Lock;

/** One flush of a task, with those of its readers held off who could not read in between. */
final class Flush {
  private Flush() {}

  /** Writes what changed. */
  static void run(PostingEngine engine, Workshop workshop, int partition) {
    locked(workshop, partition, engine::flush);
  }

  /** Writes what changed and judges alerts; the caller publishes them. */
  static void andJudge(PostingEngine engine, Workshop workshop, int partition, long nowMillis) {
    locked(workshop, partition, () -> engine.flushAndJudge(nowMillis));
  }

  private static void locked(Workshop workshop, int partition, Runnable flush) {
    Lock lock = workshop.flushLock(partition).writeLock();
    lock.lock();
    try {
      flush.run();
    } finally {
      lock.unlock();
    }
  }
}
