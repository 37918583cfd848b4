package io.creditflow.alert;

import io.creditflow.alert.Ladder.Rung;
import io.creditflow.events.AlertLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges one subject against its ladder: each threshold reached raises one alert and is spent until
 * it is left again. When several are left at once, one RECOVERED speaks for all: that of the
 * mildest whose alert was raised.
 */
public final class Crossings {
  /** A threshold reached longer ago is noted, not raised; one left is raised whatever its age. */
  public static final Duration AGE_MAX = Duration.ofHours(24);

  /** Crossings in a row that may have gone unpublished: too old, or spoken for by another. */
  private static final int ARMINGS_UNPUBLISHED_MAX = 16;

  private Crossings() {}

  /**
   * What came of it.
   *
   * @param alerts mildest first; often none
   * @param after the state to keep; equal to the one before if nothing was crossed
   */
  public record Judgement(List<Alert> alerts, AlertState after) {}

  /**
   * @param before what was kept of this subject
   * @param wasRaised whether the alert with an id was raised, by these books or by others
   * @param now the clock, for the age of crossings
   */
  public static Judgement judge(
      String workspaceId,
      Ladder ladder,
      AlertState before,
      Measure measure,
      Predicate<String> wasRaised,
      Instant now) {
    List<Alert> alerts = new ArrayList<>();
    AlertState after = before;
    Rung left = null;
    for (Rung rung : ladder.rungs()) {
      double threshold = rung.threshold();
      Measure.Standing standing = measure.standing(threshold);
      if (standing == Measure.Standing.REACHED && !before.fired(threshold)) {
        after = after.crossed(threshold);
        Alert alert = alert(workspaceId, ladder, rung, rung.level(), after, measure);
        if (fresh(alert, now) || wasRaised.test(alert.alertId())) {
          alerts.add(alert);
        }
      } else if (standing == Measure.Standing.NOT_REACHED
          && before.fired(threshold)
          && ladder.rearms()) {
        after = after.crossed(threshold);
        if (left == null && wasRaised.test(id(workspaceId, ladder, measure, threshold, before))) {
          left = rung;
        }
      }
    }
    if (left != null) {
      alerts.add(alert(workspaceId, ladder, left, AlertLevel.RECOVERED, after, measure));
    }
    return new Judgement(List.copyOf(alerts), after);
  }

  /**
   * Goes on where published alerts left off: books that a replay has just made know of no crossing,
   * and must neither raise one again nor give its number to the next. A crossing that still stands
   * is left to be judged again, under the same id, so that the new books keep its alert too.
   *
   * @param published ids of all alerts ever published
   */
  public static AlertState resumed(
      String workspaceId, Ladder ladder, Measure measure, Set<String> published) {
    AlertState state = AlertState.NEW;
    boolean milderLeft = false;
    for (Rung rung : ladder.rungs()) {
      double threshold = rung.threshold();
      int times = 0;
      for (int arming = 1; arming <= times + ARMINGS_UNPUBLISHED_MAX; arming++) {
        String id = Alert.id(workspaceId, ladder.kind(), measure.subject(), threshold, arming);
        times = published.contains(id) ? arming : times;
      }
      if (times % 2 == 1) {
        if (measure.standing(threshold) == Measure.Standing.REACHED) {
          times--;
        } else if (milderLeft) {
          times++; // left together with a milder one, whose RECOVERED spoke for both
        }
      } else {
        milderLeft |= times > 0;
      }
      for (int i = 0; i < times; i++) {
        state = state.crossed(threshold);
      }
    }
    return state;
  }

  private static boolean fresh(Alert alert, Instant now) {
    return Duration.between(alert.occurredAt(), now).compareTo(AGE_MAX) <= 0;
  }

  private static String id(
      String workspaceId, Ladder ladder, Measure measure, double threshold, AlertState state) {
    return Alert.id(
        workspaceId, ladder.kind(), measure.subject(), threshold, state.times(threshold));
  }

  private static Alert alert(
      String workspaceId,
      Ladder ladder,
      Rung rung,
      AlertLevel level,
      AlertState after,
      Measure measure) {
    double threshold = rung.threshold();
    return new Alert(
        id(workspaceId, ladder, measure, threshold, after),
        workspaceId,
        measure.campaignId(),
        measure.grantId(),
        ladder.kind(),
        level,
        threshold,
        measure.value(),
        level == AlertLevel.RECOVERED
            ? measure.leftWords(threshold)
            : measure.reachedWords(threshold),
        measure.crossedAt(threshold));
  }
}
