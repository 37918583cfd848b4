package io.creditflow.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Canonical lower-case UUID texts as 16 bytes: most ids are such, and ids are most of a row. */
final class Uuids {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = digits();

  private Uuids() {}

  /**
   * Writes a canonical UUID's 16 bytes, or answers false if the text is none; what it wrote then is
   * to be written over. One pass: ids are most of the work of writing the ledger.
   */
  static boolean write(String text, byte[] into, int at) {
    if (text.length() != 36) {
      return false;
    }
    return text.charAt(8) == '-'
        && text.charAt(13) == '-'
        && text.charAt(18) == '-'
        && text.charAt(23) == '-'
        && (pack(text, 0, 4, into, at)
                | pack(text, 9, 2, into, at + 4)
                | pack(text, 14, 2, into, at + 6)
                | pack(text, 19, 2, into, at + 8)
                | pack(text, 24, 6, into, at + 10))
            >= 0;
  }

  /** Below 0 if there was anything but digits. */
  private static int pack(String text, int from, int count, byte[] into, int at) {
    int all = 0;
    for (int i = 0; i < count; i++) {
      int value = digit(text.charAt(from + 2 * i)) << 4 | digit(text.charAt(from + 2 * i + 1));
      into[at + i] = (byte) value;
      all |= value;
    }
    return all;
  }

  static String read(byte[] from, int at) {
    byte[] text = new byte[36];
    int position = 0;
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text[position++] = '-';
      }
      text[position++] = HEX[(from[at + i] >>> 4) & 0xF];
      text[position++] = HEX[from[at + i] & 0xF];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Below 0 if it is none. */
  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (byte value = 0; value < HEX.length; value++) {
      digits[HEX[value]] = value;
    }
    return digits;
  }
}
