package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * The thresholds of one kind of alert, mildest first.
 *
 * @param rearms true if a threshold that is left again may be crossed again
 */
public record Thresholds(AlertKind kind, List<Step> steps, boolean rearms) {

  public Thresholds {
    steps = List.copyOf(steps);
  }

  /** A threshold and how pressing it is to have reached it. */
  public record Step(double threshold, AlertLevel level) {}

  /** Of a campaign's quota, for example 0.8 and 1. */
  public static Thresholds quota(double warning, double critical) {
    return new Thresholds(
        AlertKind.QUOTA,
        steps(List.of(AlertLevel.WARNING, AlertLevel.CRITICAL), warning, critical),
        true);
  }

  /** Of the allocation, for example 0.2, 0.1 and 0. */
  public static Thresholds lowBalance(double notice, double warning, double critical) {
    return new Thresholds(AlertKind.LOW_BALANCE, steps(ALL, notice, warning, critical), true);
  }

  /** Days before a grant's expiry, for example 30, 7 and 1. An expiry never moves: no re-arming. */
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
