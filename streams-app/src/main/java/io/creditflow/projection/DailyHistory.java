package io.creditflow.projection;

import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;

/**
 * Usage on consecutive days of a time zone. The last day is today, up to now.
 *
 * @param firstDay the first day, in days since 1970
 * @param credits the credits used on each day
 * @param worked the part of each day in which the campaign was active, 0 to 1
 */
public record DailyHistory(long firstDay, long[] credits, double[] worked) {
  /** The maximum number of days. The oldest has a sixth of today's weight in the long mean. */
  public static final int DAYS_MAX = 56;

  /**
   * @param now the end of the history; the last day is the day that contains it
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

  /** The sum of the active parts of all days. */
  public double workedDays() {
    double sum = 0;
    for (double day : worked) {
      sum += day;
    }
    return sum;
  }
}
