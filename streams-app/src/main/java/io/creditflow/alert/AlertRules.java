package io.creditflow.alert;

/**
 * The rules for raising alerts (contract section 4, alerts).
 *
 * @param areRaised whether alerts are raised; false while another application id processes the same
 *     topics and raises them
 */
public record AlertRules(
    boolean areRaised, Thresholds quota, Thresholds lowBalance, Thresholds expiry) {
  /** The default rules. The settings of an instance have the same defaults. */
  public static final AlertRules STANDARD =
      new AlertRules(
          true,
          Thresholds.quota(0.8, 1),
          Thresholds.lowBalance(0.2, 0.1, 0),
          Thresholds.expiry(30, 7, 1));
}
