package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.state.RowKey;
import io.creditflow.state.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a subject's thresholds: how often each was crossed, there and back. Even is
 * armed, odd is fired; the count is the arming number of the alert that the crossing raises.
 *
 * <p>Kept by threshold, not by place, so that a changed configuration keeps what still applies. A
 * subject never seen is {@link #NEW}, and one that is still NEW need not be stored.
 */
public record AlertState(List<Crossed> thresholds) {
  public static final AlertState NEW = new AlertState(List.of());
  private static final int ENTRY_BYTES = Double.BYTES + Integer.BYTES;

  public AlertState {
    thresholds = List.copyOf(thresholds);
  }

  /** The key of what is remembered of a subject, of whatever kind. */
  public static byte[] key(String workspaceId, AlertKind kind, String subject) {
    return RowKey.of(Table.ALERT_STATE, workspaceId).text(kind.name()).text(subject).bytes();
  }

  /** A threshold and how often it was crossed. */
  public record Crossed(double threshold, int times) {
    /** True if it was reached and not left since. */
    public boolean isFired() {
      return times % 2 == 1;
    }
  }

  /** How often the threshold was crossed. */
  public int times(double threshold) {
    for (Crossed crossed : thresholds) {
      if (Double.compare(crossed.threshold(), threshold) == 0) {
        return crossed.times();
      }
    }
    return 0;
  }

  /** True if it was reached and not left since. */
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
