package io.creditflow.alert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of a subject: for each threshold, how often it was crossed in either direction.
 * If the number is even, the threshold is armed; if it is odd, the threshold has fired. The number
 * is also the arming number of the alert that the last crossing raised.
 *
 * <p>The state refers to thresholds by their values, not by their indexes, so after a change of the
 * configuration it is still valid for unchanged thresholds. A subject without crossings has the
 * state {@link #NEW}, which need not be stored.
 */
public record AlertState(List<Crossed> thresholds) {
  public static final AlertState NEW = new AlertState(List.of());
  private static final int ENTRY_BYTES = Double.BYTES + Integer.BYTES;

  public AlertState {
    thresholds = List.copyOf(thresholds);
  }

  /** A threshold and how often it was crossed in either direction. */
  public record Crossed(double threshold, int times) {
    /** Whether the threshold was reached and not left since. */
    public boolean isFired() {
      return times % 2 == 1;
    }
  }

  /** How often the threshold was crossed in either direction. */
  public int times(double threshold) {
    for (Crossed crossed : thresholds) {
      if (Double.compare(crossed.threshold(), threshold) == 0) {
        return crossed.times();
      }
    }
    return 0;
  }

  /** Whether the threshold was reached and not left since. */
  public boolean fired(double threshold) {
    return times(threshold) % 2 == 1;
  }

  AlertState crossed(double threshold) {
    List<Crossed> next = new ArrayList<>(thresholds);
    next.removeIf(crossed -> Double.compare(crossed.threshold(), threshold) == 0);
    next.add(new Crossed(threshold, times(threshold) + 1));
    return new AlertState(next);
  }

  /** 12 bytes per threshold ever crossed. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(thresholds.size() * ENTRY_BYTES);
    for (Crossed crossed : thresholds) {
      bytes.putDouble(crossed.threshold()).putInt(crossed.times());
    }
    return bytes.array();
  }

  /**
   * @param encoded null reads as {@link #NEW}
   */
  public static AlertState decode(byte @Nullable [] encoded) {
    if (encoded == null) {
      return NEW;
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    List<Crossed> thresholds = new ArrayList<>();
    while (bytes.remaining() >= ENTRY_BYTES) {
      thresholds.add(new Crossed(bytes.getDouble(), bytes.getInt()));
    }
    return new AlertState(thresholds);
  }
}
