package io.creditflow.workspace;

import io.creditflow.usage.WorkspaceQuarterHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The calendar days of a time zone. A day ends where the next begins, usually 23 to 25 hours later.
 * In every zone, days since 2000 begin at a UTC quarter-hour, so each quarter-hour is within one
 * day. Not thread-safe.
 */
public final class WorkspaceDays {
  private final ZoneId zone;
  private LocalDate day = LocalDate.EPOCH;
  private long start;
  private long end;

  public WorkspaceDays(ZoneId zone) {
    this.zone = zone;
    move(LocalDate.EPOCH);
  }

  public ZoneId zone() {
    return zone;
  }

  /** The day that contains the instant. */
  public LocalDate of(long millis) {
    if (millis < start || millis >= end) {
      move(Instant.ofEpochMilli(millis).atZone(zone).toLocalDate());
      // If clocks are set back across midnight, the local date is the previous day again for a
      // while, although the new day has begun.
      while (millis >= end) {
        move(day.plusDays(1));
      }
    }
    return day;
  }

  /** The number of calendar days from the day of one instant to the day of another. */
  public long between(long fromMillis, long toMillis) {
    return ChronoUnit.DAYS.between(of(fromMillis), of(toMillis));
  }

  /** The day that contains the quarter-hour, in days since 1970. */
  public int ofQuarter(int quarter) {
    return (int) of(quarter * WorkspaceQuarterHours.QUARTER_MILLIS).toEpochDay();
  }

  /** The instant in days since 1970, with the fraction of its day that has passed. */
  public double position(long millis) {
    long number = of(millis).toEpochDay();
    return number + (millis - start) / (double) (end - start);
  }

  /** The instant at a {@link #position}; the inverse function. */
  public long at(double position) {
    LocalDate of = LocalDate.ofEpochDay((long) Math.floor(position));
    long from = start(of);
    return from + Math.round((position - Math.floor(position)) * (start(of.plusDays(1)) - from));
  }

  /** The day's first instant, milliseconds since 1970. */
  public long start(LocalDate of) {
    return of.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private void move(LocalDate to) {
    day = to;
    start = start(to);
    end = start(to.plusDays(1));
  }
}
