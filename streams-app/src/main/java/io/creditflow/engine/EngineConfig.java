package io.creditflow.engine;

import io.creditflow.alert.AlertRules;
import io.creditflow.event.EventValidator;
import io.creditflow.usage.PriceList;

/**
 * The configuration of the engine.
 *
 * @param acceptance the limits for accepting events
 * @param prices the prices of usage
 * @param alerts the rules for alerts
 * @param recountRowsPerStep the maximum number of rows of past days that one flush recounts, so
 *     that a large workspace does not delay its partition
 * @param recentQuartersMax the maximum number of quarter-hours that one frequently written row
 *     holds. If there are more, they are moved to rows that are written rarely. With a larger
 *     number, a flush writes fewer but longer rows
 */
public record EngineConfig(
    EventValidator.Limits acceptance,
    PriceList prices,
    AlertRules alerts,
    int recountRowsPerStep,
    int recentQuartersMax) {
  /** The default configuration. The settings of an instance have the same defaults. */
  public static final EngineConfig STANDARD =
      new EngineConfig(
          EventValidator.Limits.standard(), PriceList.STANDARD, AlertRules.STANDARD, 20_000, 96);
}
