package io.creditflow.projection;

import java.time.DayOfWeek;

/**
 * What a day has shown.
 *
 * @param daysAgo 0 for today
 * @param covered how much of a usual day was seen and at work, 0 to 1
 * @param credits used in that part
 */
record ObservedDay(DayOfWeek weekday, int daysAgo, double covered, double credits) {

  /** Credits as a whole such day would have had. */
  double perDay() {
    return credits / covered;
  }
}
