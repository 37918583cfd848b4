package io.creditflow.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Days and hours of a zone: {@code [start of day, start of next day)}. */
public final class ReferenceDays {
  private static final Map<ZoneId, Map<Long, Instant>> STARTS = new ConcurrentHashMap<>();

  private ReferenceDays() {}

  public static Instant start(LocalDate day, ZoneId zone) {
    return STARTS
        .computeIfAbsent(zone, key -> new ConcurrentHashMap<>())
        .computeIfAbsent(day.toEpochDay(), key -> day.atStartOfDay(zone).toInstant());
  }

  public static LocalDate of(Instant instant, ZoneId zone) {
    LocalDate day = instant.atZone(zone).toLocalDate();
    while (instant.isBefore(start(day, zone))) {
      day = day.minusDays(1);
    }
    while (!instant.isBefore(start(day.plusDays(1), zone))) {
      day = day.plusDays(1);
    }
    return day;
  }

  public static List<Bucket> days(LocalDate from, LocalDate to, ZoneId zone) {
    List<Bucket> days = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      days.add(new Bucket(day.toString(), start(day, zone), start(day.plusDays(1), zone)));
    }
    return days;
  }

  /** A bucket begins at every full hour of local time and at every change of the zone's offset. */
  public static List<Bucket> hours(LocalDate from, LocalDate to, ZoneId zone) {
    Instant end = start(to.plusDays(1), zone);
    List<Bucket> hours = new ArrayList<>();
    Instant begun = start(from, zone);
    while (begun.isBefore(end)) {
      Instant next =
          begun.plusSeconds(3600L - begun.atZone(zone).toLocalTime().toSecondOfDay() % 3600);
      ZoneOffsetTransition change = zone.getRules().nextTransition(begun);
      if (change != null && change.getInstant().isBefore(next)) {
        next = change.getInstant();
      }
      hours.add(new Bucket(begun.toString(), begun, next));
      begun = next;
    }
    return hours;
  }

  /** A half-open interval: start is included, end is not. */
  public record Bucket(String label, Instant start, Instant end) {
    public boolean holds(Instant instant) {
      return !instant.isBefore(start) && instant.isBefore(end);
    }
  }
}
