package io.creditflow.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats amounts and times for the messages of alerts. */
final class AlertMessages {
  /** Contains the offset, because a local time occurs twice when clocks are set back. */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("d MMM uuuu, HH:mm 'UTC'")
          .appendOffset("+HH:MM", "")
          .toFormatter(Locale.ENGLISH);

  private AlertMessages() {}

  static String credits(long credits) {
    return number(credits) + (credits == 1 ? " credit" : " credits");
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String of(long part, long whole) {
    return number(part) + " of " + number(whole) + " credits";
  }

  /** A percentage, rounded down, so that a message never says 100 % too early. */
  static String percent(double ratio) {
    return (long) Math.floor(ratio * 100 + 1e-9) + " %";
  }

  static String campaign(@Nullable String name, String campaignId) {
    return "Campaign " + (name == null ? campaignId : "\"" + name + "\"");
  }

  /** An instant in the local time of a zone: {@code 15 Dec 2026, 16:00 UTC-08:00}. */
  static String moment(Instant instant, ZoneId zone) {
    return MOMENT.format(instant.atZone(zone));
  }
}
