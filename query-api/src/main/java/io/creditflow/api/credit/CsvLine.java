package io.creditflow.api.credit;

/**
 * Builds a line of CSV (RFC 4180). In text from outside an apostrophe goes before each character
 * that a spreadsheet would take for the beginning of a formula, whichever of comma, semicolon and
 * tab it splits fields at.
 */
final class CsvLine {
  /** The last four are their full-width forms, which spreadsheets take for the same. */
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String SEPARATORS = ",;\t\r\n";
  private static final String QUOTES = "\"'";

  private final StringBuilder line = new StringBuilder(200);

  /** Appends a number, an instant or an enum constant as it is; null is empty. */
  CsvLine plain(Object value) {
    line.append(value == null ? "" : value).append(',');
    return this;
  }

  /** Appends text from outside, quoted and made harmless where needed; null is empty. */
  CsvLine text(String value) {
    if (value != null) {
      String harmless = harmless(value);
      boolean isQuoted =
          !harmless.equals(value) || value.chars().anyMatch(c -> c < ' ' || c == '"' || c == ',');
      line.append(isQuoted ? '"' + harmless.replace("\"", "\"\"") + '"' : value);
    }
    line.append(',');
    return this;
  }

  private static String harmless(String text) {
    StringBuilder harmless = new StringBuilder(text.length() + 1);
    boolean isFirst = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isFirst && FORMULA.indexOf(c) >= 0) {
        harmless.append('\'');
      }
      harmless.append(c);
      boolean isPassedOver = Character.isSpaceChar(c) || QUOTES.indexOf(c) >= 0;
      isFirst = SEPARATORS.indexOf(c) >= 0 || (isFirst && isPassedOver);
    }
    return harmless.toString();
  }

  String end() {
    line.setLength(line.length() - 1);
    return line.append("\r\n").toString();
  }
}
