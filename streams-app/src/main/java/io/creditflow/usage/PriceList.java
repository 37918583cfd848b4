package io.creditflow.usage;

import java.util.List;

/**
 * What each activity costs, and from when (contract section 1). Prices are whole credits, 0 or
 * more.
 */
public record PriceList(List<Price> prices) {
  /** One credit for a lead, one more for its phone number, from the beginning. */
  public static final PriceList STANDARD = new PriceList(List.of(new Price(Long.MIN_VALUE, 1, 1)));

  /**
   * Prices that hold from an instant on.
   *
   * @param fromMillis inclusive
   */
  public record Price(long fromMillis, long leadSourced, long phoneRevealed) {}

  public PriceList {
    if (prices.isEmpty()) {
      throw new IllegalArgumentException("a price list needs at least one price");
    }
    for (int i = 1; i < prices.size(); i++) {
      if (prices.get(i).fromMillis <= prices.get(i - 1).fromMillis) {
        throw new IllegalArgumentException(
            "prices must be in the order in which they begin to hold");
      }
    }
    prices = List.copyOf(prices);
  }

  /** The price that holds at the instant; the first one holds before it begins, too. */
  public long at(long millis, Activity activity) {
    Price price = prices.get(0);
    for (int i = 1; i < prices.size() && prices.get(i).fromMillis <= millis; i++) {
      price = prices.get(i);
    }
    return activity == Activity.LEAD_SOURCED ? price.leadSourced : price.phoneRevealed;
  }
}
