package io.creditflow.streams;

import io.creditflow.alert.Alert;
import io.creditflow.events.CreditAlert;

/** Converts an alert to the Avro record of the topic {@code credit-alerts}. */
final class AlertRecord {
  private AlertRecord() {}

  static CreditAlert of(Alert alert) {
    return new CreditAlert(
        alert.alertId(),
        alert.workspaceId(),
        alert.campaignId(),
        alert.grantId(),
        alert.kind(),
        alert.level(),
        alert.threshold(),
        alert.value(),
        alert.message(),
        alert.occurredAt());
  }
}
