package io.creditflow.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of Strings, for use in memory only. A String that is a canonical UUID is
 * hashed as the UUID's sixteen bytes. Rows store such ids in this form, so a scan of millions of
 * rows can hash their ids without creating a String for each.
 */
public final class TextHash {
  private static final int UUID_LENGTH = 36;
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private TextHash() {}

  /**
   * The hash of a String. To hash several Strings in sequence, pass the hash of the preceding ones
   * as {@code seed}.
   */
  public static long of(long seed, String text) {
    if (text.length() == UUID_LENGTH) {
      byte[] packed = new byte[16];
      if (Uuids.write(text, packed, 0)) {
        return ofUuid(seed, packed, 0);
      }
    }
    long h = seed;
    int i = 0;
    for (; i < text.length() - 3; i += 4) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      h = step(h, four);
    }
    for (; i < text.length(); i++) {
      h = step(h, text.charAt(i));
    }
    return h;
  }

  /**
   * The hash of a UUID that is stored as sixteen bytes, starting at index {@code at}. It equals the
   * hash that {@link #of} computes of the UUID's canonical String.
   */
  static long ofUuid(long seed, byte[] bytes, int at) {
    return step(step(seed, int64(bytes, at)), int64(bytes, at + 8));
  }

  private static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  private static long step(long hash, long more) {
    long h = (hash ^ more) * 0xBF58476D1CE4E5B9L;
    return h ^ h >>> 29;
  }
}
