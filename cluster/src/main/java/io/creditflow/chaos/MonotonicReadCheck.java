package io.creditflow.chaos;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that usage in the responses about one workspace never decreases as asOf grows.
 * Thread-safe.
 */
final class MonotonicReadCheck {
  private static final int KEPT_MAX = 2_000;

  /** By asOf, the largest total in any response with that asOf or an earlier one. Values ascend. */
  private final TreeMap<Instant, Long> peaks = new TreeMap<>();

  /**
   * Records a response. Responses may arrive in any order.
   *
   * @param used a total that only grows
   * @return whether all recorded responses agree, that is, those with a later asOf have at least as
   *     large a total. A contradiction is reported once: the values that it contradicts are removed
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
    if (peak(peaks.floorEntry(asOf)) <= used) { // the largest total of one asOf
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
