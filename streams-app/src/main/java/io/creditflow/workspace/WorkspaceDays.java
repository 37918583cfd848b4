package io.creditflow.workspace;

import io.creditflow.usage.WorkspaceQuarterHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The days of a zone: each runs from its start to the start of the next, 23 to 25 hours later.
 * Every zone's days since 2000 begin on a UTC quarter-hour, so a quarter-hour lies in one day.
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

  /** The day that holds the instant. */
  public LocalDate of(long millis) {
    if (millis < start || millis >= end) {
      move(Instant.ofEpochMilli(millis).atZone(zone).toLocalDate());
      // Where clocks went back across midnight the local date is a day early for a while.
      while (millis >= end) {
        move(day.plusDays(1));
      }
    }
    return day;
  }

  /** Calendar days from the day of one instant to the day of another. */
  public long between(long fromMillis, long toMillis) {
    return ChronoUnit.DAYS.between(of(fromMillis), of(toMillis));
  }

  /** Days since 1970 of the day that holds the quarter-hour. */
  public int ofQuarter(int quarter) {
    return (int) of(quarter * WorkspaceQuarterHours.QUARTER_MILLIS).toEpochDay();
  }

  /** Days since 1970 with the part of the present one that has passed at the instant. */
  public double position(long millis) {
    long number = of(millis).toEpochDay();
    return number + (millis - start) / (double) (end - start);
  }

  /** The instant at a position. */
  public long at(double position) {
    LocalDate of = LocalDate.ofEpochDay((long) Math.floor(position));
    long from = start(of);
    return from + Math.round((position - Math.floor(position)) * (start(of.plusDays(1)) - from));
  }

  /** The day's first instant. */
  public long start(LocalDate of) {
    return of.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private void move(LocalDate to) {
    day = to;
    start = start(to);
    end = start(to.plusDays(1));
  }
}
