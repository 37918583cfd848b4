package io.creditflow.projection;

import java.time.LocalDate;

/** Credits of consecutive days of a zone, days without usage too; the last one is today so far. */
public final class DailyCredits {
  private final LocalDate firstDay;
  private final long[] credits;

  private DailyCredits(LocalDate firstDay, long[] credits) {
    this.firstDay = firstDay;
    this.credits = credits;
  }

  /**
   * @param credits one sum per day from firstDay on; may be empty
   */
  public static DailyCredits from(LocalDate firstDay, long... credits) {
    return new DailyCredits(firstDay, credits.clone());
  }

  int size() {
    return credits.length;
  }

  /** Days since 1970. */
  long day(int index) {
    return firstDay.toEpochDay() + index;
  }

  long credits(int index) {
    return credits[index];
  }

  /** How many days before the last one. */
  int daysAgo(int index) {
    return credits.length - 1 - index;
  }

  /** Index of the first day with any usage; the size if there is none. */
  int firstUsed() {
    int first = 0;
    while (first < credits.length && credits[first] == 0) {
      first++;
    }
    return first;
  }
}
