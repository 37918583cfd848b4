package io.creditflow.alert;

import io.creditflow.alert.AlertMeasure.ThresholdState;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
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
  public record Evaluation(List<CreditAlert> alerts, AlertState after) {}

  /**
   * @param thresholds the subject's thresholds as in {@link AlertRules}
   * @param before the stored state of this subject
   * @param wasRaised whether the alert with this id was raised before, also by another instance
   * @param now the clock, for the age of crossings
   */
  public static Evaluation evaluate(
      List<Double> thresholds,
      AlertState before,
      AlertMeasure measure,
      Predicate<String> wasRaised,
      Instant now) {
    List<CreditAlert> alerts = new ArrayList<>();
    AlertState after = before;
    @Nullable Double left = null;
    int level = AlertLevel.CRITICAL.ordinal() - thresholds.size(); // the last one is CRITICAL
    for (double threshold : thresholds) {
      level++;
      ThresholdState state = measure.evaluate(threshold);
      if (state == ThresholdState.REACHED && !before.fired(threshold)) {
        after = after.crossed(threshold);
        CreditAlert alert = alert(AlertLevel.values()[level], threshold, after, measure);
        if (isRecent(alert, now) || wasRaised.test(alert.getAlertId())) {
          alerts.add(alert);
        }
      } else if (state == ThresholdState.NOT_REACHED && before.fired(threshold)) {
        after = after.crossed(threshold);
        if (left == null
            && wasRaised.test(measure.subject().alertId(threshold, before.times(threshold)))) {
          left = threshold;
        }
      }
    }
    if (left != null) {
      alerts.add(alert(AlertLevel.RECOVERED, left, after, measure));
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
      List<Double> thresholds, AlertMeasure measure, Set<String> published) {
    AlertState state = AlertState.NEW;
    boolean milderLeft = false;
    for (double threshold : thresholds) {
      int times = 0;
      for (int arming = 1; arming <= times + ARMINGS_UNPUBLISHED_MAX; arming++) {
        boolean isPublished = published.contains(measure.subject().alertId(threshold, arming));
        times = isPublished ? arming : times;
      }
      if (times % 2 == 1) {
        if (measure.evaluate(threshold) == ThresholdState.REACHED) {
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

  private static boolean isRecent(CreditAlert alert, Instant now) {
    return Duration.between(alert.getOccurredAt(), now).compareTo(AGE_MAX) <= 0;
  }

  private static CreditAlert alert(
      AlertLevel level, double threshold, AlertState after, AlertMeasure measure) {
    String id = measure.subject().alertId(threshold, after.times(threshold));
    return measure.alert(id, level, threshold, measure.crossedAt(threshold));
  }
}
