package io.creditflow.projection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Days of a zone and how much of one lies in a stretch of time, by the rhythm of a day: a day of
 * which 0.5 is covered is half a day of usual usage. Days are counted from 1970, instants are
 * milliseconds since then: an answer walks thousands of days.
 */
final class ZoneDays {
  private static final long DAY_MILLIS = 86_400_000;

  /** Starts of days by zone, once asked for; each zone has room for some five years, 16 KB. */
  private static final Map<ZoneId, AtomicLongArray> STARTS = new ConcurrentHashMap<>();

  private static final int STARTS_PER_ZONE = 2048;

  private final ZoneId zone;
  private final DayRhythm rhythm;
  private final AtomicLongArray starts;

  ZoneDays(ZoneId zone, DayRhythm rhythm) {
    this.zone = zone;
    this.rhythm = rhythm;
    starts = STARTS.computeIfAbsent(zone, z -> new AtomicLongArray(STARTS_PER_ZONE));
  }

  long dayOf(long instant) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone).toEpochDay();
  }

  long startOf(long day) {
    int place = (int) Math.floorMod(day, (long) STARTS_PER_ZONE);
    long kept = starts.getPlain(place);
    // Days that share a place lie years apart, so a start shows whose it is.
    if (kept != 0 && Math.abs(kept - day * DAY_MILLIS) < 2 * DAY_MILLIS) {
      return kept;
    }
    long start = LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
    starts.setPlain(place, start);
    return start;
  }

  /** Share of the day's usual usage inside {@code [from, to)}, 0 to 1. */
  double covered(long day, long from, long to) {
    long start = startOf(day);
    long end = startOf(day + 1);
    long first = Math.max(from, start);
    long last = Math.min(to, end);
    if (first >= last) {
      return 0;
    }
    double length = end - start;
    return rhythm.share((first - start) / length, (last - start) / length);
  }

  /** Share of the day's usual usage for which a campaign was at work before the given instant. */
  double covered(long day, ActiveTime active, long until) {
    double covered = 0;
    for (ActiveTime.Span span : active.spans()) {
      covered += covered(day, span.from().toEpochMilli(), Math.min(until, millis(span.to())));
    }
    return covered;
  }

  private static long millis(Instant end) {
    return end.equals(Instant.MAX) ? Long.MAX_VALUE : end.toEpochMilli();
  }

  /** The moment of the day after {@code from} by which a further share of its usage has come. */
  long after(long day, long from, double share) {
    long start = startOf(day);
    double length = startOf(day + 1) - start;
    double soFar = covered(day, start, Math.max(from, start));
    return start + Math.round(rhythm.momentAt(Math.min(1, soFar + share)) * length);
  }
}
