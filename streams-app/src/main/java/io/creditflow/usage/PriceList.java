package io.creditflow.usage;

import java.util.List;

/**
 * What each activity costs, and from when (contract section 1): one credit each unless the list
 * says otherwise.
 */
public record PriceList(List<Price> prices) {
  public static final PriceList STANDARD = new PriceList(List.of());

  private static final long STANDARD_PRICE = 1;

  /**
   * A price that holds from an instant on, until the next one of the same activity.
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

  /** The first instant after the given one from which a price holds; MAX_VALUE if none does. */
  public long nextChange(long afterMillis) {
    return prices.stream()
        .mapToLong(Price::fromMillis)
        .filter(from -> from > afterMillis)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The price that holds at the instant. */
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
