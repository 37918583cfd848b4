package io.creditflow.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row's value compactly: integers as variable-length zigzag, a canonical UUID as its 16
 * bytes. Reused between rows by the one thread that writes.
 */
public final class RowWriter {
  private byte[] bytes = new byte[256];
  private int length;

  public RowWriter clear() {
    length = 0;
    return this;
  }

  public int length() {
    return length;
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  public RowWriter int8(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public RowWriter fixed32(int value) {
    ensure(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  public RowWriter int64(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  private RowWriter unsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Length 0 is null, 1 a UUID, else the number of UTF-8 bytes plus 2. */
  public RowWriter text(@Nullable String text) {
    if (text == null) {
      return unsigned(0);
    }
    ensure(17);
    if (Uuids.write(text, bytes, length + 1)) {
      bytes[length] = 1;
      length += 17;
      return this;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length + 2L);
    return raw(utf8);
  }

  public RowWriter blob(byte @Nullable [] blob) {
    if (blob == null) {
      return unsigned(0);
    }
    unsigned(blob.length + 1L);
    return raw(blob);
  }

  private RowWriter raw(byte[] raw) {
    ensure(raw.length);
    System.arraycopy(raw, 0, bytes, length, raw.length);
    length += raw.length;
    return this;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
