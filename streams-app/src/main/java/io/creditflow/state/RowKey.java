package io.creditflow.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds keys whose byte order is the order of their parts: text by UTF-8 bytes, numbers by value.
 * Text ends in 00 00 and a 00 inside it is written 00 FF, so that no id can run into the next part.
 */
public final class RowKey {
  private byte[] bytes = new byte[64];
  private int length;

  private RowKey(Table table) {
    bytes[length++] = table.tag;
  }

  private RowKey(byte[] prefix) {
    raw(prefix);
  }

  /** One that goes on from a prefix. */
  public static RowKey of(byte[] prefix) {
    return new RowKey(prefix);
  }

  public static RowKey of(Table table) {
    return new RowKey(table);
  }

  public static RowKey of(Table table, String workspaceId) {
    return new RowKey(table).text(workspaceId);
  }

  public RowKey text(String text) {
    return utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  private RowKey utf8(byte[] utf8) {
    ensure(utf8.length * 2 + 2);
    for (byte b : utf8) {
      bytes[length++] = b;
      if (b == 0) {
        bytes[length++] = (byte) 0xFF;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 0;
    return this;
  }

  /**
   * Appends a small number.
   *
   * @param value 0 to 127
   */
  public RowKey int8(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public RowKey int32(int value) {
    ensure(4);
    int flipped = value ^ Integer.MIN_VALUE;
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (flipped >>> shift);
    }
    return this;
  }

  public RowKey int64(long value) {
    ensure(8);
    long flipped = value ^ Long.MIN_VALUE;
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (flipped >>> shift);
    }
    return this;
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** The first key after all keys that begin with the prefix. */
  public static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (++end[i] != 0) {
        return Arrays.copyOf(end, i + 1);
      }
    }
    throw new IllegalArgumentException("no key comes after a prefix of FF bytes");
  }

  private void raw(byte[] raw) {
    ensure(raw.length);
    System.arraycopy(raw, 0, bytes, length, raw.length);
    length += raw.length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Takes a key's parts off again, in order. */
  public static Parser parts(byte[] key) {
    return new Parser(key, 1);
  }

  /** The parts behind a prefix of so many bytes. */
  public static Parser parts(byte[] key, int prefix) {
    return new Parser(key, prefix);
  }

  /** A key being read. */
  public static final class Parser {
    private final ByteBuffer remaining;

    private Parser(byte[] key, int from) {
      remaining = ByteBuffer.wrap(key, from, key.length - from);
    }

    public String text() {
      byte[] utf8 = new byte[remaining.remaining()];
      int n = 0;
      while (true) {
        byte b = remaining.get();
        if (b == 0 && remaining.get() == 0) {
          return new String(utf8, 0, n, StandardCharsets.UTF_8);
        }
        utf8[n++] = b;
      }
    }

    public int int8() {
      return remaining.get();
    }

    public int int32() {
      return remaining.getInt() ^ Integer.MIN_VALUE;
    }

    public long int64() {
      return remaining.getLong() ^ Long.MIN_VALUE;
    }
  }
}
