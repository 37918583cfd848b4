package io.creditflow.usage;

import java.util.List;

/**
 * The prices of activities over time (contract section 1). An activity without a price in the list
 * costs one credit.
 */
public record PriceList(List<Price> prices) {
  public static final PriceList STANDARD = new PriceList(List.of());

  private static final long STANDARD_PRICE = 1;

  /**
   * The price of an activity from an instant on, until its next price.
   *
   * @param fromMillis inclusive, milliseconds since 1970
   * @param credits whole credits, 0 or more
   */
  public record Price(Activity activity, long fromMillis, long credits) {
    public Price {
      if (credits < 0) {
        throw new IllegalArgumentException("a price cannot be below 0: " + credits);
      }
    }
  }

  public PriceList {
    prices = List.copyOf(prices);
  }

  /** When the first price after the instant takes effect; {@link Long#MAX_VALUE} if none does. */
  public long nextChange(long afterMillis) {
    return prices.stream()
        .mapToLong(Price::fromMillis)
        .filter(from -> from > afterMillis)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The price of the activity at the instant, in whole credits. */
  public long at(long millis, Activity activity) {
    long credits = STANDARD_PRICE;
    long since = Long.MIN_VALUE;
    for (int i = 0; i < prices.size(); i++) {
      Price price = prices.get(i);
      if (price.activity == activity && price.fromMillis <= millis && price.fromMillis >= since) {
        credits = price.credits;
        since = price.fromMillis;
      }
    }
    return credits;
  }
}
