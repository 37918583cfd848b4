package io.creditflow.view;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Converts names and search texts to the form in which they are compared (contract section 4,
 * campaigns). The form is NFKC with full case folding, without U+0307 after {@code i}: {@code
 * strasse} finds {@code Straße}, and {@code istanbul} finds {@code İstanbul}.
 */
final class CaseFolding {
  private static final char DOT_ABOVE = '\u0307';
  private static final int DOTLESS_I = '\u0131'; // folds to itself, although its upper case is I

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
   * Appends the folded code point: its lower case, converted to upper case, and each code point of
   * the result converted to lower case. This gives the same result for all forms of sigma, of sharp
   * s, and of a letter with iota subscript.
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
