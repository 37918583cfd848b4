package io.creditflow.alert;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of a subject: for each threshold, how often it was crossed in either direction.
 * If the number is even, the threshold is armed; if it is odd, the threshold has fired. The number
 * is also the arming number of the alert that the last crossing raised.
 *
 * <p>The state refers to thresholds by their values, not by their indexes, so after a change of the
 * configuration it is still valid for unchanged thresholds. A subject without crossings has the
 * state {@link #NEW}, which need not be stored.
 *
 * @param times by threshold, the number of crossings in either direction
 */
public record AlertState(Map<Double, Integer> times) {
  public static final AlertState NEW = new AlertState(Map.of());
  private static final int ENTRY_BYTES = Double.BYTES + Integer.BYTES;

  public AlertState {
    times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
  }

  /** How often the threshold was crossed in either direction. */
  public int times(double threshold) {
    return times.getOrDefault(threshold, 0);
  }

  /** Whether the threshold was reached and not left since. */
  public boolean fired(double threshold) {
    return times(threshold) % 2 == 1;
  }

  AlertState crossed(double threshold) {
    Map<Double, Integer> next = new LinkedHashMap<>(times);
    next.remove(threshold);
    next.put(threshold, times(threshold) + 1);
    return new AlertState(next);
  }

  /** 12 bytes per threshold ever crossed, the one crossed last at the end. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(times.size() * ENTRY_BYTES);
    times.forEach((threshold, count) -> bytes.putDouble(threshold).putInt(count));
    return bytes.array();
  }

  /**
   * @param encoded null reads as {@link #NEW}
   */
  public static AlertState decode(byte @Nullable [] encoded) {
    Map<Double, Integer> times = new LinkedHashMap<>();
    if (encoded != null) {
      ByteBuffer bytes = ByteBuffer.wrap(encoded);
      while (bytes.remaining() >= ENTRY_BYTES) {
        times.put(bytes.getDouble(), bytes.getInt());
      }
    }
    return new AlertState(times);
  }
}
