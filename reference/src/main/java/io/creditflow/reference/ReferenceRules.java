package io.creditflow.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The settings that counting depends on.
 *
 * @param ageLimit how long before arrival usage may have happened; null in backfill mode
 * @param futureLimit how long after arrival an event may be dated
 * @param prices changes of the price list; before the first of a kind its price is 1
 */
public record ReferenceRules(Duration ageLimit, Duration futureLimit, List<Price> prices) {
  public static final ReferenceRules DEFAULT =
      new ReferenceRules(Duration.ofDays(35), Duration.ofMinutes(5), List.of());

  /** How long a reversal waits for its event; not configurable. */
  public static final Duration WAIT = Duration.ofDays(35);

  public ReferenceRules backfill() {
    return new ReferenceRules(null, futureLimit, prices);
  }

  public ReferenceRules withPrices(List<Price> changes) {
    return new ReferenceRules(ageLimit, futureLimit, changes);
  }

  /** Credits for one usage event of a kind that happened at an instant. */
  public long price(Charged what, Instant occurredAt) {
    Price holding = null;
    for (Price price : prices) {
      boolean holds = price.what == what && !price.from.isAfter(occurredAt);
      if (holds && (holding == null || price.from.isAfter(holding.from))) {
        holding = price;
      }
    }
    return holding == null ? 1 : holding.credits;
  }

  /** What costs credits. */
  public enum Charged {
    LEAD_SOURCED,
    PHONE_REVEALED
  }

  /**
   * A price of the list.
   *
   * @param from the instant from which it holds, included
   */
  public record Price(Charged what, Instant from, long credits) {}
}
