package io.creditflow.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from, and its bytes as they came.
 *
 * @param appendedAt the broker's append time, milliseconds since 1970: its arrival, on a replay too
 * @param key may be null
 * @param value may be null
 * @param headers the producer's own, in their order
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

  /** Bytes of key, value and headers, unpacked. */
  public long bytes() {
    return length(key) + length(value) + headerBytes();
  }

  /** Without its value, and without its headers and its key if they alone are more than that. */
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
