package io.creditflow.engine;

import io.creditflow.alert.AlertRules;
import io.creditflow.event.AcceptanceLimits;
import io.creditflow.usage.PriceList;

/**
 * What may be configured about counting.
 *
 * @param recountRowsPerStep rows of past days recounted at one flush, so that a large workspace
 *     does not hold up its partition
 * @param recentQuartersMax quarter-hours that a row which is often written holds before they are
 *     moved to rows that are not: with more of them a flush writes fewer rows, but longer ones
 */
public record EngineConfig(
    AcceptanceLimits acceptance,
    PriceList prices,
    AlertRules alerts,
    int recountRowsPerStep,
    int recentQuartersMax) {
  /** As shipped. A running instance takes it from its settings, which have the same defaults. */
  public static final EngineConfig STANDARD =
      new EngineConfig(
          AcceptanceLimits.standard(), PriceList.STANDARD, AlertRules.STANDARD, 20_000, 96);
}
