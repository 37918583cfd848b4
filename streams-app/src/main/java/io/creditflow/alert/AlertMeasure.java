package io.creditflow.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands against the thresholds of a {@link Thresholds} at one moment. */
public sealed interface AlertMeasure permits QuotaUsage, RemainingBalance, ExpiringGrant {

  /** Where a measure stands to a threshold. */
  enum ThresholdState {
    REACHED,
    NOT_REACHED,
    /** Nothing can be said now: what was known before stays. */
    UNKNOWN
  }

  /** What it is about inside the workspace; part of the alert's id. */
  String subject();

  /** Null unless about a campaign. */
  default @Nullable String campaignId() {
    return null;
  }

  /** Null unless about a grant. */
  default @Nullable String grantId() {
    return null;
  }

  /** In the thresholds' unit; null where there is no such number. */
  @Nullable Double value();

  /** Thresholds are inclusive. */
  ThresholdState evaluate(double threshold);

  /** When the threshold was reached or left, as far as it is known. */
  Instant crossedAt(double threshold);

  /** What to say to people who may not know the product's words. */
  String reachedMessage(double threshold);

  /** What to tell them when the threshold is left again. */
  String leftMessage(double threshold);
}
