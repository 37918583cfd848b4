package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;

/**
 * Consecutive days of a zone, the last one being today so far.
 *
 * @param firstDay days since 1970
 * @param credits used on each day
 * @param worked how much of each day has passed while at work, 0 to 1
 */
public record DailyHistory(long firstDay, long[] credits, double[] worked) {
  /** How many days back it is worth looking: the oldest of them weighs a sixth of today. */
  public static final int DAYS_MAX = 56;

  /**
   * @param now as of when; the last day is the one that holds it
   */
  public static DailyHistory of(
      WorkspaceDays days, ActivePeriods active, Instant now, long[] credits) {
    double until = days.position(now.toEpochMilli());
    long firstDay = (long) Math.floor(until) - credits.length + 1;
    double[] worked = new double[credits.length];
    for (ActivePeriods.Span span : active.spans()) {
      double from = Math.max((double) firstDay, days.position(span.from().toEpochMilli()));
      double to = span.to().isBefore(now) ? days.position(span.to().toEpochMilli()) : until;
      for (int i = (int) (Math.floor(from) - firstDay); i < worked.length; i++) {
        double day = (double) firstDay + i;
        worked[i] += Math.max(0, Math.min(to, day + 1) - Math.max(from, day));
      }
    }
    return new DailyHistory(firstDay, credits, worked);
  }

  /** Days at work, parts of days added up. */
  public double workedDays() {
    double sum = 0;
    for (double day : worked) {
      sum += day;
    }
    return sum;
  }
}
