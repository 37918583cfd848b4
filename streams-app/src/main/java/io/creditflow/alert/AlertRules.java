package io.creditflow.alert;

/**
 * The thresholds in force (contract section 4, alerts).
 *
 * @param areRaised false while another application id counts the same topics and raises them
 */
public record AlertRules(
    boolean areRaised, Thresholds quota, Thresholds lowBalance, Thresholds expiry) {
  /** As shipped. A running instance takes them from its settings, which have the same defaults. */
  public static final AlertRules STANDARD =
      new AlertRules(
          true,
          Thresholds.quota(0.8, 1),
          Thresholds.lowBalance(0.2, 0.1, 0),
          Thresholds.expiry(30, 7, 1));
}
