package io.creditflow.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Formats the details of rejections. */
public final class RejectionDetail {
  /** The maximum length of a detail, in bytes of UTF-8. */
  static final int BYTES_MAX = 1_024;

  private static final int QUOTED_MAX = 64;
  private static final String MORE = "...";

  private RejectionDetail() {}

  /** A text from a record, in quotes. Only the beginning of a long text is included. */
  public static String quoted(String text) {
    boolean isLong = text.codePointCount(0, text.length()) > QUOTED_MAX;
    return "'"
        + (isLong ? text.substring(0, text.offsetByCodePoints(0, QUOTED_MAX)) + MORE : text)
        + "'";
  }

  /** A duration in its two largest units: {@code 40 d 3 h}. */
  public static String span(long millis) {
    Duration span = Duration.ofMillis(millis);
    if (span.toDays() > 0) {
      return two(span.toDays(), "d", span.toHoursPart(), "h");
    } else if (span.toHours() > 0) {
      return two(span.toHours(), "h", span.toMinutesPart(), "min");
    } else if (span.toMinutes() > 0) {
      return two(span.toMinutes(), "min", span.toSecondsPart(), "s");
    }
    return two(span.toSeconds(), "s", span.toMillisPart(), "ms");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String rest = small + " " + smallUnit;
    return large == 0 ? rest : large + " " + largeUnit + (small == 0 ? "" : " " + rest);
  }

  /** The beginning of a text, at most {@link #BYTES_MAX} bytes. */
  static String cut(String text) {
    if (text.length() <= BYTES_MAX / 3) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= BYTES_MAX) {
      return text;
    }
    int end = BYTES_MAX - MORE.length();
    while ((utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8) + MORE;
  }
}
