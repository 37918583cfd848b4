package io.creditflow.state;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowWriter} wrote, in the same order. */
public final class RowReader {
  private final byte[] bytes;
  private int position;

  public RowReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean hasMore() {
    return position < bytes.length;
  }

  public int int8() {
    return bytes[position++];
  }

  public int fixed32() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (bytes[position++] & 0xFF);
    }
    return value;
  }

  public long int64() {
    long zigzag = unsigned();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[position++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** The text, or null if null was written. */
  public @Nullable String text() {
    int length = (int) unsigned();
    return length == 0 ? null : text(length);
  }

  /** The text, where null is never written; fails if it was. */
  public String requiredText() {
    return text((int) unsigned());
  }

  private String text(int length) {
    if (length == 1) {
      position += 16;
      return Uuids.read(bytes, position - 16);
    }
    String text = new String(bytes, position, length - 2, StandardCharsets.UTF_8);
    position += length - 2;
    return text;
  }

  /** The {@link TextHash} of the text, which is mostly not made for it; 0 if null was written. */
  public long textHash(long seed) {
    if (bytes[position] == 1) {
      position += 17;
      return TextHash.ofUuid(seed, bytes, position - 16);
    }
    String text = text();
    return text == null ? 0 : TextHash.of(seed, text);
  }

  /** Passes over a text without making it. */
  public void skipText() {
    int length = (int) unsigned();
    position += length == 1 ? 16 : Math.max(0, length - 2);
  }

  /** The bytes, or null if null was written. */
  public byte @Nullable [] blob() {
    int length = (int) unsigned();
    if (length == 0) {
      return null;
    }
    byte[] blob = new byte[length - 1];
    System.arraycopy(bytes, position, blob, 0, blob.length);
    position += blob.length;
    return blob;
  }
}
