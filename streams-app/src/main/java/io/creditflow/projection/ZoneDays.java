package io.creditflow.projection;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Days of a zone and how much of one lies in a stretch of time, by the rhythm of a day: a day of
 * which 0.5 is covered is half a day of usual usage.
 */
record ZoneDays(ZoneId zone, DayRhythm rhythm) {

  LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** Share of the day's usual usage inside {@code [from, to)}, 0 to 1. */
  double covered(LocalDate day, Instant from, Instant to) {
    Instant start = startOf(day);
    Instant end = startOf(day.plusDays(1));
    Instant first = from.isAfter(start) ? from : start;
    Instant last = to.isBefore(end) ? to : end;
    if (!first.isBefore(last)) {
      return 0;
    }
    double length = Duration.between(start, end).toMillis();
    return rhythm.share(
        Duration.between(start, first).toMillis() / length,
        Duration.between(start, last).toMillis() / length);
  }

  /** Share of the day's usual usage for which a campaign was at work before the given instant. */
  double covered(LocalDate day, ActiveTime active, Instant until) {
    double covered = 0;
    for (ActiveTime.Span span : active.spans()) {
      covered += covered(day, span.from(), span.to().isBefore(until) ? span.to() : until);
    }
    return covered;
  }

  /** The moment of the day after {@code from} by which a further share of its usage has come. */
  Instant after(LocalDate day, Instant from, double share) {
    Instant start = startOf(day);
    double length = Duration.between(start, startOf(day.plusDays(1))).toMillis();
    double soFar = covered(day, start, from.isAfter(start) ? from : start);
    return start.plusMillis(Math.round(rhythm.momentAt(Math.min(1, soFar + share)) * length));
  }
}
