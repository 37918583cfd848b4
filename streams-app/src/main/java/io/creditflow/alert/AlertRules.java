package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import java.util.List;

/**
 * The rules for raising alerts (contract section 4, alerts). The thresholds of each kind are in
 * order, mildest first. The last one raises CRITICAL, the one before it WARNING, and the one before
 * that NOTICE.
 *
 * @param areRaised whether alerts are raised; false while another application id processes the same
 *     topics and raises them
 * @param quota used parts of a campaign's quota
 * @param lowBalance remaining parts of the allocation
 * @param expiry days until a grant expires
 */
public record AlertRules(
    boolean areRaised, List<Double> quota, List<Double> lowBalance, List<Double> expiry) {
  /** The default rules. The settings of an instance have the same defaults. */
  public static final AlertRules STANDARD =
      new AlertRules(true, List.of(0.8, 1.0), List.of(0.2, 0.1, 0.0), List.of(30.0, 7.0, 1.0));

  /** The thresholds of a kind; none for SPIKE. */
  public List<Double> thresholds(AlertKind kind) {
    return switch (kind) {
      case QUOTA -> quota;
      case LOW_BALANCE -> lowBalance;
      case EXPIRY -> expiry;
      case SPIKE -> List.of();
    };
  }
}
