package io.creditflow.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Amounts as an alert's message puts them. */
final class Words {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  static String credits(long credits) {
    return String.format(Locale.ROOT, credits == 1 ? "%,d credit" : "%,d credits", credits);
  }

  static String of(long part, long whole) {
    return String.format(Locale.ROOT, "%,d of %,d credits", part, whole);
  }

  /** Whole percents, rounded down, so that 100 % is never said too early. */
  static String percent(double ratio) {
    return (long) Math.floor(ratio * 100 + 1e-9) + " %";
  }

  static String campaign(String name, String campaignId) {
    return "Campaign " + (name == null ? campaignId : "\"" + name + "\"");
  }

  /** A moment as people read it. */
  static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  static String days(Duration duration) {
    long hours = duration.toHours();
    if (hours < 24) {
      return hours == 1 ? "1 hour" : hours + " hours";
    }
    return hours / 24 == 1 ? "1 day" : hours / 24 + " days";
  }
}
