package io.creditflow.chaos;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What readers were answered about one workspace, so that a later answer can be held against it.
 */
final class MonotonicReadCheck {
  private static final int KEPT_MAX = 2_000;

  /** By asOf: the most that any answer up to it knew of. */
  private final TreeMap<Instant, Long> peaks = new TreeMap<>();

  /**
   * Notes what an answer says.
   *
   * @return whether it reflects all that answers of an earlier asOf did
   */
  synchronized boolean note(Instant asOf, long used) {
    if (peak(peaks.lowerEntry(asOf)) > used) {
      peaks.headMap(asOf).values().removeIf(peak -> peak > used); // tell it once
      return false;
    }
    if (peak(peaks.floorEntry(asOf)) <= used) { // of one instant the most counts
      peaks.put(asOf, used);
      peaks.tailMap(asOf, false).values().removeIf(peak -> peak < used);
    }
    while (peaks.size() > KEPT_MAX) {
      peaks.pollFirstEntry();
    }
    return true;
  }

  private static long peak(Map.Entry<Instant, Long> entry) {
    return entry == null ? -1 : entry.getValue();
  }
}
