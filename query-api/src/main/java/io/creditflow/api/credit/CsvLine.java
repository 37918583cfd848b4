package io.creditflow.api.credit;

/**
 * Builds a line of CSV (RFC 4180). In text from events, it puts an apostrophe before each character
 * that a spreadsheet would read as the start of a formula, whether the spreadsheet splits fields at
 * commas, semicolons or tabs.
 */
final class CsvLine {
  /** Characters that start a formula. The last four are full-width forms, which act the same. */
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String SEPARATORS = ",;\t\r\n";
  private static final String QUOTES = "\"'";

  private final StringBuilder line = new StringBuilder(200);

  /** Appends a number, an instant or an enum constant; null yields an empty field. */
  CsvLine plain(Object value) {
    line.append(value == null ? "" : value).append(',');
    return this;
  }

  /**
   * Appends text from events, quoted and with apostrophes where needed; null yields an empty field.
   */
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
      boolean isSkipped = Character.isSpaceChar(c) || QUOTES.indexOf(c) >= 0;
      isFirst = SEPARATORS.indexOf(c) >= 0 || (isFirst && isSkipped);
    }
    return harmless.toString();
  }

  /** Ends the line and returns it. */
  String end() {
    line.setLength(line.length() - 1);
    return line.append("\r\n").toString();
  }
}
