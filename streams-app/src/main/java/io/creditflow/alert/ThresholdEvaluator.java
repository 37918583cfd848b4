package io.creditflow.alert;

import io.creditflow.alert.Thresholds.Step;
import io.creditflow.events.AlertLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares one subject with its thresholds. A threshold that is reached raises one alert, and can
 * raise the next only after it was left. If several thresholds are left at once, one RECOVERED
 * alert is raised for all of them. It names the mildest threshold whose alert was raised.
 */
public final class ThresholdEvaluator {
  /** A threshold reached longer ago is stored but raises no alert. RECOVERED has no such limit. */
  public static final Duration AGE_MAX = Duration.ofHours(24);

  /** The maximum number of consecutive crossings without an alert that {@link #resumed} expects. */
  private static final int ARMINGS_UNPUBLISHED_MAX = 16;

  private ThresholdEvaluator() {}

  /**
   * The result of an evaluation.
   *
   * @param alerts mildest first; often none
   * @param after the state to keep; equal to the one before if nothing was crossed
   */
  public record Evaluation(List<Alert> alerts, AlertState after) {}

  /**
   * @param before the stored state of this subject
   * @param wasRaised whether the alert with this id was raised before, also by another instance
   * @param now the clock, for the age of crossings
   */
  public static Evaluation evaluate(
      String workspaceId,
      Thresholds thresholds,
      AlertState before,
      AlertMeasure measure,
      Predicate<String> wasRaised,
      Instant now) {
    List<Alert> alerts = new ArrayList<>();
    AlertState after = before;
    @Nullable Step left = null;
    for (Step step : thresholds.steps()) {
      double threshold = step.threshold();
      AlertMeasure.ThresholdState state = measure.evaluate(threshold);
      if (state == AlertMeasure.ThresholdState.REACHED && !before.fired(threshold)) {
        after = after.crossed(threshold);
        Alert alert = alert(workspaceId, thresholds, step, step.level(), after, measure);
        if (isRecent(alert, now) || wasRaised.test(alert.alertId())) {
          alerts.add(alert);
        }
      } else if (state == AlertMeasure.ThresholdState.NOT_REACHED
          && before.fired(threshold)
          && thresholds.rearms()) {
        after = after.crossed(threshold);
        if (left == null
            && wasRaised.test(id(workspaceId, thresholds, measure, threshold, before))) {
          left = step;
        }
      }
    }
    if (left != null) {
      alerts.add(alert(workspaceId, thresholds, left, AlertLevel.RECOVERED, after, measure));
    }
    return new Evaluation(List.copyOf(alerts), after);
  }

  /**
   * Derives a subject's state from the published alerts. A replay starts without stored crossings,
   * but must neither raise an alert again nor reuse its arming number. A crossing that still holds
   * is evaluated again with the same id, so that the new state contains its alert, too.
   *
   * @param published ids of all alerts ever published
   */
  public static AlertState resumed(
      String workspaceId, Thresholds thresholds, AlertMeasure measure, Set<String> published) {
    AlertState state = AlertState.NEW;
    boolean milderLeft = false;
    for (Step step : thresholds.steps()) {
      double threshold = step.threshold();
      int times = 0;
      for (int arming = 1; arming <= times + ARMINGS_UNPUBLISHED_MAX; arming++) {
        String id = Alert.id(workspaceId, thresholds.kind(), measure.subject(), threshold, arming);
        times = published.contains(id) ? arming : times;
      }
      if (times % 2 == 1) {
        if (measure.evaluate(threshold) == AlertMeasure.ThresholdState.REACHED) {
          times--;
        } else if (milderLeft) {
          times++; // left together with a milder one; one RECOVERED covers both
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

  private static boolean isRecent(Alert alert, Instant now) {
    return Duration.between(alert.occurredAt(), now).compareTo(AGE_MAX) <= 0;
  }

  private static String id(
      String workspaceId,
      Thresholds thresholds,
      AlertMeasure measure,
      double threshold,
      AlertState state) {
    return Alert.id(
        workspaceId, thresholds.kind(), measure.subject(), threshold, state.times(threshold));
  }

  private static Alert alert(
      String workspaceId,
      Thresholds thresholds,
      Step step,
      AlertLevel level,
      AlertState after,
      AlertMeasure measure) {
    double threshold = step.threshold();
    return new Alert(
        id(workspaceId, thresholds, measure, threshold, after),
        workspaceId,
        measure.campaignId(),
        measure.grantId(),
        thresholds.kind(),
        level,
        threshold,
        measure.value(),
        level == AlertLevel.RECOVERED
            ? measure.leftMessage(threshold)
            : measure.reachedMessage(threshold),
        measure.crossedAt(threshold));
  }
}
