package io.creditflow.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input record as it was consumed: its position, key, value and headers.
 *
 * @param appendedAt the broker's append time, milliseconds since 1970. This is the arrival, also
 *     during a replay
 * @param key may be null
 * @param value may be null
 * @param headers the producer's headers, in their order
 */
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    long appendedAt,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /**
   * A header of a record.
   *
   * @param value may be null
   */
  public record Header(String name, byte @Nullable [] value) {
    private long bytes() {
      return name.length() * 3L + length(value);
    }
  }

  /** The size of key, value and headers, uncompressed. */
  public long bytes() {
    return length(key) + length(value) + headerBytes();
  }

  /**
   * A copy without the value. If key and headers alone are larger than the maximum, the copy has
   * neither.
   */
  public SourceRecord withoutValue(long bytesMax) {
    boolean hasRoom = length(key) + headerBytes() <= bytesMax;
    return new SourceRecord(
        topic,
        partition,
        offset,
        appendedAt,
        hasRoom ? key : null,
        null,
        hasRoom ? headers : List.of());
  }

  private long headerBytes() {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.bytes();
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
