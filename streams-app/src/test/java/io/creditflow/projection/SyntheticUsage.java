package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.NullUnmarked;

/**
 * A campaign's past, given by a function of its days; active all the time unless said otherwise.
 */
@NullUnmarked
record SyntheticUsage(
    ZoneId zone,
    LocalDate firstDay,
    Instant now,
    Instant end,
    Long quota,
    boolean active,
    ActivePeriods activeTime,
    ToLongFunction<LocalDate> creditsOf) {
  static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  /** From a Monday 00:00 UTC, whole days only, with the given days still to come. */
  static SyntheticUsage of(int days, int daysAhead, ToLongFunction<LocalDate> creditsOf) {
    Instant start = MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant now = start.plusSeconds(86_400L * days);
    return new SyntheticUsage(
        ZoneOffset.UTC,
        MONDAY,
        now,
        now.plusSeconds(86_400L * daysAhead),
        null,
        true,
        ActivePeriods.since(start),
        creditsOf);
  }

  SyntheticUsage at(Instant moment) {
    return new SyntheticUsage(zone, firstDay, moment, end, quota, active, activeTime, creditsOf);
  }

  SyntheticUsage inactive() {
    return new SyntheticUsage(zone, firstDay, now, end, quota, false, activeTime, creditsOf);
  }

  SyntheticUsage quota(long credits) {
    return new SyntheticUsage(zone, firstDay, now, end, credits, active, activeTime, creditsOf);
  }

  SyntheticUsage end(Instant instant) {
    return new SyntheticUsage(zone, firstDay, now, instant, quota, active, activeTime, creditsOf);
  }

  SyntheticUsage activeTime(ActivePeriods time) {
    return new SyntheticUsage(zone, firstDay, now, end, quota, active, time, creditsOf);
  }

  SyntheticUsage zone(ZoneId other) {
    return new SyntheticUsage(other, firstDay, now, end, quota, active, activeTime, creditsOf);
  }

  /** Days before today; today itself has used nothing yet if it has just begun. */
  long[] daily() {
    WorkspaceDays days = new WorkspaceDays(zone);
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

  CampaignProjection project() {
    WorkspaceDays days = new WorkspaceDays(zone);
    long[] daily = daily();
    return CampaignProjection.of(
        new CampaignUsageHistory(
            days,
            now,
            active,
            used(),
            null,
            end,
            quota,
            DailyHistory.of(
                days,
                activeTime,
                now,
                Arrays.copyOfRange(
                    daily, Math.max(0, daily.length - DailyHistory.DAYS_MAX), daily.length))),
        BurnRate.Settings.STANDARD);
  }
}
