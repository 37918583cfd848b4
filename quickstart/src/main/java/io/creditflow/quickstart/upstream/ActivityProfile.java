package io.creditflow.quickstart.upstream;

import java.time.ZonedDateTime;

/** The relative activity of users by day of the week and hour of the day. */
final class ActivityProfile {
  /** Monday first; a full weekday is about 1. */
  private static final double[] DAYS = {1.0, 1.15, 1.1, 1.05, 0.8, 0.1, 0.06};

  /** Shares of a day, midnight first; they add up to 1. */
  private static final double[] HOURS = {
    0.002, 0.001, 0.001, 0.001, 0.002, 0.005, 0.012, 0.036, 0.085, 0.115, 0.125, 0.105,
    0.065, 0.085, 0.105, 0.100, 0.075, 0.040, 0.018, 0.009, 0.006, 0.004, 0.002, 0.001
  };

  private ActivityProfile() {}

  /** The share of a full weekday's activity that falls into this hour. */
  static double at(ZonedDateTime moment) {
    return DAYS[moment.getDayOfWeek().getValue() - 1] * HOURS[moment.getHour()];
  }
}
