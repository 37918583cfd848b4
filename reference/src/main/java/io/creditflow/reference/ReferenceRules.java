package io.creditflow.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The settings that affect counting.
 *
 * @param ageLimit how far before its arrival usage may have occurred; null in backfill mode
 * @param futureLimit how far after its arrival an event may be dated
 * @param prices changes of the price list; before the first change for a kind of usage, its price
 *     is 1
 */
public record ReferenceRules(Duration ageLimit, Duration futureLimit, List<Price> prices) {
  public static final ReferenceRules DEFAULT =
      new ReferenceRules(Duration.ofDays(35), Duration.ofMinutes(5), List.of());

  /** How long a reversal waits for the usage event that it reverses; not configurable. */
  public static final Duration WAIT = Duration.ofDays(35);

  public ReferenceRules backfill() {
    return new ReferenceRules(null, futureLimit, prices);
  }

  public ReferenceRules withPrices(List<Price> changes) {
    return new ReferenceRules(ageLimit, futureLimit, changes);
  }

  /** The price in credits of one usage event at an instant. */
  public long price(Charged what, Instant occurredAt) {
    Price latest = null;
    for (Price price : prices) {
      boolean applies = price.what == what && !price.from.isAfter(occurredAt);
      if (applies && (latest == null || price.from.isAfter(latest.from))) {
        latest = price;
      }
    }
    return latest == null ? 1 : latest.credits;
  }

  /** The kinds of usage that cost credits. */
  public enum Charged {
    LEAD_SOURCED,
    PHONE_REVEALED
  }

  /**
   * A price of the list.
   *
   * @param from the instant from which the price applies, included
   */
  public record Price(Charged what, Instant from, long credits) {}
}
