package io.creditflow.state;

import java.nio.charset.StandardCharsets;

/** Canonical lower-case UUID texts as 16 bytes: most ids are such, and ids are most of a row. */
final class Uuids {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Uuids() {}

  static boolean isCanonical(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : digit(c) < 0) {
        return false;
      }
    }
    return true;
  }

  static void write(String text, byte[] into, int at) {
    int position = at;
    for (int i = 0; i < 36; i += 2) {
      if (text.charAt(i) == '-') {
        i++;
      }
      into[position++] = (byte) (digit(text.charAt(i)) << 4 | digit(text.charAt(i + 1)));
    }
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

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
