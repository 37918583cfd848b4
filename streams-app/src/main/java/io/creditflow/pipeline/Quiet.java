package io.creditflow.pipeline;

import io.creditflow.posting.FlushMark;
import io.creditflow.posting.PostingEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * What the owner of a partition knows of a time in which nothing arrives: that its last flush still
 * holds all there is. Where other instances read copies of the books, it is written into them; an
 * instance alone keeps it to itself, and commits nothing while nothing happens.
 */
final class Quiet {
  /** Up to which append time all is in the books as that flush left them. */
  private record Level(long flush, long asOf) {}

  private final Map<Integer, Level> levels = new ConcurrentHashMap<>();
  private final BooleanSupplier isCopied;

  /**
   * @param isCopied whether other instances may hold copies of these books
   */
  Quiet(BooleanSupplier isCopied) {
    this.isCopied = isCopied;
  }

  /**
   * Whether the books should be written only to say how current they are.
   *
   * @param owesOffsets whether a commit is needed anyway
   */
  boolean mustBeWritten(PostingEngine engine, boolean owesOffsets) {
    return engine.isMarkOld() && (owesOffsets || isCopied.getAsBoolean());
  }

  /** Takes note of how current the books are, unless there is something to be written. */
  void note(int partition, PostingEngine engine) {
    if (!engine.isDirty()) {
      levels.put(partition, new Level(engine.flushes(), engine.asOf()));
    }
  }

  /** To be called whenever this instance ceases to own the partition. */
  void forget(int partition) {
    levels.remove(partition);
  }

  /** What readers of this flush are told; milliseconds since 1970. */
  long asOf(int partition, FlushMark mark) {
    Level level = levels.get(partition);
    return level != null && level.flush == mark.sequence()
        ? Math.max(level.asOf, mark.asOf())
        : mark.asOf();
  }
}
