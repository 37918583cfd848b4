package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * The thresholds of one kind of alert, mildest first.
 *
 * @param rearms whether a threshold that was left can raise an alert again
 */
public record Thresholds(AlertKind kind, List<Step> steps, boolean rearms) {

  public Thresholds {
    steps = List.copyOf(steps);
  }

  /** A threshold and the level of the alert that it raises. */
  public record Step(double threshold, AlertLevel level) {}

  /** Thresholds for the used part of a campaign's quota, for example 0.8 and 1. */
  public static Thresholds quota(double warning, double critical) {
    return new Thresholds(
        AlertKind.QUOTA,
        steps(List.of(AlertLevel.WARNING, AlertLevel.CRITICAL), warning, critical),
        true);
  }

  /** Thresholds for the remaining part of the allocation, for example 0.2, 0.1 and 0. */
  public static Thresholds lowBalance(double notice, double warning, double critical) {
    return new Thresholds(AlertKind.LOW_BALANCE, steps(ALL, notice, warning, critical), true);
  }

  /**
   * Thresholds for the days until a grant expires, for example 30, 7 and 1. They do not rearm,
   * because an expiry does not move.
   */
  public static Thresholds expiry(double notice, double warning, double critical) {
    return new Thresholds(AlertKind.EXPIRY, steps(ALL, notice, warning, critical), false);
  }

  private static final List<AlertLevel> ALL =
      List.of(AlertLevel.NOTICE, AlertLevel.WARNING, AlertLevel.CRITICAL);

  private static List<Step> steps(List<AlertLevel> levels, double... thresholds) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < thresholds.length; i++) {
      steps.add(new Step(thresholds[i], levels.get(i)));
    }
    return steps;
  }
}
