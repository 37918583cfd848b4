package io.creditflow.projection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    LocalDate today = LocalDate.ofInstant(now, zone);
    ZoneDays days = new ZoneDays(zone, DayRhythm.even());
    return firstDay
        .datesUntil(today.plusDays(1))
        .mapToLong(
            day -> {
              double share = days.covered(day.toEpochDay(), Long.MIN_VALUE, now.toEpochMilli());
              return Math.round(creditsOf.applyAsLong(day) * share);
            })
        .toArray();
  }

  long used() {
    long sum = 0;
    for (long credits : daily()) {
      sum += credits;
    }
    return sum;
  }

  Projection project() {
    return Projection.of(
        new CampaignPast(
            zone,
            now,
            active,
            used(),
            null,
            end,
            quota,
            DailyCredits.from(firstDay, daily()),
            DayRhythm.even(),
            activeTime));
  }
}
