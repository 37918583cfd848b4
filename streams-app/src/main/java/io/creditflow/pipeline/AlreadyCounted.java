package io.creditflow.pipeline;

import io.creditflow.posting.FlushMark.Reached;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records the books held when they were opened. Offsets and books commit together, so none of
 * them comes again, unless the group's offsets are lost: they expire when nobody counts for longer
 * than the broker's {@code offsets.retention.minutes}, and then everything is delivered from its
 * beginning, repeats of ids long forgotten included.
 *
 * <p>A record that was appended later than the last one counted is new whatever its offset: its
 * topic was deleted and made again.
 */
final class AlreadyCounted {
  /** Topics that have not come past it; empty in the long run, which costs a record nothing. */
  private final Map<String, Reached> ahead;

  /**
   * What books hold.
   *
   * @param reached by topic, how far a partition was counted
   */
  AlreadyCounted(Map<String, Reached> reached) {
    ahead = new HashMap<>(reached);
  }

  boolean holds(String topic, long offset, long appendedAt) {
    if (ahead.isEmpty()) {
      return false;
    }
    Reached reached = ahead.get(topic);
    if (reached == null) {
      return false;
    }
    if (offset >= reached.nextOffset()) {
      ahead.remove(topic);
      return false;
    }
    return appendedAt <= reached.appendedAt();
  }
}
