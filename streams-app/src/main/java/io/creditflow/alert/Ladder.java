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
public record Ladder(AlertKind kind, List<Rung> rungs, boolean rearms) {

  public Ladder {
    rungs = List.copyOf(rungs);
  }

  /** A threshold and how pressing it is to have reached it. */
  public record Rung(double threshold, AlertLevel level) {}

  /** Of a campaign's quota, for example 0.8 and 1. */
  public static Ladder quota(double warning, double critical) {
    return new Ladder(
        AlertKind.QUOTA,
        rungs(List.of(AlertLevel.WARNING, AlertLevel.CRITICAL), warning, critical),
        true);
  }

  /** Of the allocation, for example 0.2, 0.1 and 0. */
  public static Ladder lowBalance(double notice, double warning, double critical) {
    return new Ladder(AlertKind.LOW_BALANCE, rungs(ALL, notice, warning, critical), true);
  }

  /** Days before a grant's expiry, for example 30, 7 and 1. An expiry never moves: no re-arming. */
  public static Ladder expiry(double notice, double warning, double critical) {
    return new Ladder(AlertKind.EXPIRY, rungs(ALL, notice, warning, critical), false);
  }

  private static final List<AlertLevel> ALL =
      List.of(AlertLevel.NOTICE, AlertLevel.WARNING, AlertLevel.CRITICAL);

  private static List<Rung> rungs(List<AlertLevel> levels, double... thresholds) {
    List<Rung> rungs = new ArrayList<>();
    for (int i = 0; i < thresholds.length; i++) {
      rungs.add(new Rung(thresholds[i], levels.get(i)));
    }
    return rungs;
  }
}
