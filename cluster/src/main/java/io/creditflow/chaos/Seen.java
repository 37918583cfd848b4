package io.creditflow.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What readers were told of one workspace, so that a later answer can be held against it. */
final class Seen {
  private static final long WITHDRAWN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int KEPT_MAX = 2_000;

  /** By asOf: the most that any answer up to it knew of. */
  private final TreeMap<Instant, Peak> peaks = new TreeMap<>();

  /**
   * @param used the highest value
   * @param firstNanos when it was first told
   * @param lastNanos when it, or more, was last told
   */
  private record Peak(long used, long firstNanos, long lastNanos) {}

  /** How an answer stands to those before it. */
  enum Order {
    /** It reflects all that an earlier one did. */
    FORWARD,
    /** It lacks what was told for less than a second: a commit that failed withdrew it. */
    WITHDRAWN,
    /** It lacks what was told for longer. */
    BACKWARD
  }

  synchronized Order note(Instant asOf, long used) {
    Peak earlier = peak(peaks.lowerEntry(asOf));
    if (earlier.used > used) {
      boolean brief = earlier.lastNanos - earlier.firstNanos <= WITHDRAWN_NANOS;
      peaks.headMap(asOf).values().removeIf(peak -> peak.used > used); // tell it once
      return brief ? Order.WITHDRAWN : Order.BACKWARD;
    }
    Peak before = peak(peaks.floorEntry(asOf));
    if (before.used <= used) { // of one instant the most counts: which was first is not promised
      long now = System.nanoTime();
      peaks.put(asOf, new Peak(used, before.used == used ? before.firstNanos : now, now));
      peaks.tailMap(asOf, false).values().removeIf(peak -> peak.used < used);
    }
    while (peaks.size() > KEPT_MAX) {
      peaks.pollFirstEntry();
    }
    return Order.FORWARD;
  }

  private static Peak peak(Map.Entry<Instant, Peak> entry) {
    return entry == null ? new Peak(-1, 0, 0) : entry.getValue();
  }
}
