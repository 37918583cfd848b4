package io.creditflow.event;

import java.util.Comparator;

/**
 * Orders texts by their UTF-8 bytes. The contract breaks ties in this order. It differs from {@link
 * String#compareTo} only if a surrogate pair is compared with a character from U+E000 to U+FFFF.
 */
public enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) != Character.isSurrogate(y)
            ? (Character.isSurrogate(x) ? 1 : -1)
            : x - y;
      }
    }
    return a.length() - b.length();
  }
}
