package io.creditflow.alert;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of a campaign's spikes. Hours are counted from 1970.
 *
 * @param openSinceHour the hour in which the open spike began; {@link #NONE} if none is open
 * @param lastHour the last hour that reached its limit; {@link #NONE} if none has
 */
public record SpikeState(long openSinceHour, long lastHour) {
  public static final long NONE = Long.MIN_VALUE;
  public static final SpikeState NEW = new SpikeState(NONE, NONE);

  public boolean open() {
    return openSinceHour != NONE;
  }

  /** 16 bytes. */
  public byte[] encode() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(openSinceHour).putLong(lastHour).array();
  }

  /**
   * @param encoded null reads as {@link #NEW}
   */
  public static SpikeState decode(byte @Nullable [] encoded) {
    if (encoded == null) {
      return NEW;
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    return new SpikeState(bytes.getLong(), bytes.getLong());
  }
}
