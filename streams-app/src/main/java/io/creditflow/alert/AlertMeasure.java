package io.creditflow.alert;

import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A measured value of one subject, to be compared with thresholds. */
public sealed interface AlertMeasure permits QuotaUsage, RemainingBalance, ExpiringGrant {

  /** The result of comparing a measure with a threshold. */
  enum ThresholdState {
    REACHED,
    NOT_REACHED,
    /** Nothing can be said now; the previous result remains valid. */
    UNKNOWN
  }

  AlertSubject subject();

  /**
   * The value that an alert shows, in the thresholds' unit; null for a campaign without a quota or
   * with a quota of 0. Null does not imply {@link ThresholdState#UNKNOWN}.
   */
  @Nullable Double value();

  /**
   * Whether the measured situation reaches a threshold: quota usage from below, remaining balance
   * and time to expiry from above; equality counts. It may be more precise than {@link #value},
   * which is for display.
   */
  ThresholdState evaluate(double threshold);

  /** When the threshold was reached or left, as precisely as it is known. */
  Instant crossedAt(double threshold);

  /** The text of the alert when a threshold is reached, in everyday words. */
  String reachedMessage();

  /** The text of the alert when the threshold is no longer reached, in everyday words. */
  String leftMessage(double threshold);

  /** An alert on a threshold, with the present value and message. */
  default CreditAlert alert(
      String alertId, AlertLevel level, double threshold, Instant occurredAt) {
    String message = level == AlertLevel.RECOVERED ? leftMessage(threshold) : reachedMessage();
    return subject().alert(alertId, level, threshold, value(), message, occurredAt);
  }
}
