package io.creditflow.projection;

import io.creditflow.workspace.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/** A campaign's past, told by a function of its days; active all the time unless said otherwise. */
record Past(
    ZoneId zone,
    LocalDate firstDay,
    Instant now,
    Instant end,
    Long quota,
    boolean active,
    ActiveTime activeTime,
    ToLongFunction<LocalDate> creditsOf) {
  static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  /** From a Monday 00:00 UTC, whole days only, with the given days still to come. */
  static Past of(int days, int daysAhead, ToLongFunction<LocalDate> creditsOf) {
    Instant start = MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant now = start.plusSeconds(86_400L * days);
    return new Past(
        ZoneOffset.UTC,
        MONDAY,
        now,
        now.plusSeconds(86_400L * daysAhead),
        null,
        true,
        ActiveTime.since(start),
        creditsOf);
  }

  Past at(Instant moment) {
    return new Past(zone, firstDay, moment, end, quota, active, activeTime, creditsOf);
  }

  Past inactive() {
    return new Past(zone, firstDay, now, end, quota, false, activeTime, creditsOf);
  }

  Past quota(long credits) {
    return new Past(zone, firstDay, now, end, credits, active, activeTime, creditsOf);
  }

  Past end(Instant instant) {
    return new Past(zone, firstDay, now, instant, quota, active, activeTime, creditsOf);
  }

  Past activeTime(ActiveTime time) {
    return new Past(zone, firstDay, now, end, quota, active, time, creditsOf);
  }

  Past zone(ZoneId other) {
    return new Past(other, firstDay, now, end, quota, active, activeTime, creditsOf);
  }

  /** Days before today; today itself has used nothing yet if it has just begun. */
  long[] daily() {
    Days days = new Days(zone);
    LocalDate today = days.of(now.toEpochMilli());
    double part = days.position(now.toEpochMilli()) - today.toEpochDay();
    return firstDay
        .datesUntil(today.plusDays(1))
        .mapToLong(day -> Math.round(creditsOf.applyAsLong(day) * (day.equals(today) ? part : 1)))
        .toArray();
  }

  long used() {
    return Arrays.stream(daily()).sum();
  }

  Projection project() {
    Days days = new Days(zone);
    long[] daily = daily();
    return Projection.of(
        new CampaignPast(
            days,
            now,
            active,
            used(),
            null,
            end,
            quota,
            PastDays.of(
                days,
                activeTime,
                now,
                Arrays.copyOfRange(
                    daily, Math.max(0, daily.length - PastDays.DAYS_MAX), daily.length))),
        Pace.Settings.STANDARD);
  }
}
