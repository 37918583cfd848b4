package io.creditflow.view;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * The form in which names and what is searched for are compared (contract section 4, campaigns):
 * NFKC and full case folding, with U+0307 after {@code i} dropped, so that {@code strasse} finds
 * {@code Straße} and {@code istanbul} finds {@code İstanbul}.
 */
final class CaseFolding {
  private static final char DOT_ABOVE = '\u0307';
  private static final int DOTLESS_I = '\u0131'; // folds to itself, though its capital is I

  static String of(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String folded = folded(Normalizer.normalize(text, Form.NFKC));
    return Normalizer.normalize(folded, Form.NFKC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> fold(codePoint, folded));
    int i = folded.indexOf("i" + DOT_ABOVE);
    while (i >= 0) {
      folded.deleteCharAt(i + 1);
      i = folded.indexOf("i" + DOT_ABOVE, i);
    }
    return folded.toString();
  }

  /**
   * Lower case of upper case of lower case, the outer two of each code point by itself: so the
   * sigmas, the sharp s's and the letters with an iota below become one each.
   */
  private static void fold(int codePoint, StringBuilder to) {
    if (codePoint == DOTLESS_I) {
      to.appendCodePoint(codePoint);
      return;
    }
    String lower = Character.toString(codePoint).toLowerCase(Locale.ROOT);
    lower
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(upper -> to.appendCodePoint(Character.toLowerCase(upper)));
  }

  private CaseFolding() {}
}
