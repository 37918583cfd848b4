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
    /** The value cannot be compared now; the previous result remains valid. */
    UNKNOWN
  }

  AlertSubject subject();

  /** The value in the thresholds' unit; null if there is none. */
  @Nullable Double value();

  /** Compares the value with a threshold. A value equal to the threshold has reached it. */
  ThresholdState evaluate(double threshold);

  /** When the threshold was reached or left, as precisely as it is known. */
  Instant crossedAt(double threshold);

  /** The message that a threshold is reached, for readers who do not know the product's terms. */
  String reachedMessage();

  /** The message that the threshold has been left again. */
  String leftMessage(double threshold);

  /** An alert on a threshold, with the present value and message. */
  default CreditAlert alert(
      String alertId, AlertLevel level, double threshold, Instant occurredAt) {
    String message = level == AlertLevel.RECOVERED ? leftMessage(threshold) : reachedMessage();
    return subject().alert(alertId, level, threshold, value(), message, occurredAt);
  }
}
