package io.creditflow.pipeline;

import io.creditflow.posting.PostingEngine;
import java.util.concurrent.locks.Lock;

/** One flush of a task, with its readers held off. */
final class Flush {
  private Flush() {}

  static void run(PostingEngine engine, Workshop workshop, int partition) {
    Lock lock = workshop.flushLock(partition).writeLock();
    lock.lock();
    try {
      engine.flush();
    } finally {
      lock.unlock();
    }
  }
}
