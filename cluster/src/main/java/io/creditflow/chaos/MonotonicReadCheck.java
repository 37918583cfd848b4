package io.creditflow.chaos;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What readers were answered about one workspace, so that a later answer can be held against it.
 */
final class MonotonicReadCheck {
  private static final int KEPT_MAX = 2_000;

  /** By asOf: the largest total in any answer of that asOf or an earlier one. Values ascend. */
  private final TreeMap<Instant, Long> peaks = new TreeMap<>();

  /**
   * Notes what an answer says, in whatever order answers arrive.
   *
   * @param used a total that only grows
   * @return whether all answers noted agree: those of a later asOf with at least as large a total.
   *     A contradiction is reported once; what it was found against is forgotten
   */
  synchronized boolean note(Instant asOf, long used) {
    Map.Entry<Instant, Long> later = peaks.higherEntry(asOf);
    boolean isBelowEarlier = peak(peaks.lowerEntry(asOf)) > used;
    boolean isAboveLater = later != null && later.getValue() < used;
    if (isBelowEarlier || isAboveLater) {
      peaks.headMap(asOf).values().removeIf(peak -> peak > used);
      peaks.tailMap(asOf).values().removeIf(peak -> peak < used);
      return false;
    }
    if (peak(peaks.floorEntry(asOf)) <= used) { // of answers of one asOf the larger is kept
      peaks.put(asOf, used);
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
