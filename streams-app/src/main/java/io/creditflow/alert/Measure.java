package io.creditflow.alert;

import java.time.Instant;

/** What stands against the thresholds of a {@link Ladder} at one moment. */
public sealed interface Measure permits QuotaUse, BalanceLeft, ExpiringRest {

  /** Where a measure stands to a threshold. */
  enum Standing {
    REACHED,
    NOT_REACHED,
    /** Nothing can be said now: what was known before stays. */
    UNKNOWN
  }

  /** What it is about inside the workspace; part of the alert's id. */
  String subject();

  /** Null unless about a campaign. */
  default String campaignId() {
    return null;
  }

  /** Null unless about a grant. */
  default String grantId() {
    return null;
  }

  /** In the thresholds' unit; null where there is no such number. */
  Double value();

  /** Thresholds are inclusive. */
  Standing standing(double threshold);

  /** When the threshold was reached or left, as far as it is known. */
  Instant crossedAt(double threshold);

  /** What to tell people who may not know the product's words. */
  String reachedWords(double threshold);

  /** What to tell them when the threshold is left again. */
  String leftWords(double threshold);
}
