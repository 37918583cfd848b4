package io.creditflow.ledger;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;

/**
 * A place in a workspace's history (contract section 3, rule 4).
 *
 * @param at milliseconds since 1970
 * @param key tells rows of one rank at one instant apart: an event id, or a grant id
 */
public record LedgerPosition(long at, Rank rank, String key) implements Comparable<LedgerPosition> {
  /** What comes first at one instant. The order is part of cursors. */
  public enum Rank {
    END_OF_GRANT,
    START_OF_GRANT,
    USAGE,
    REVERSAL,
    /** After everything at the instant. */
    CLOSE
  }

  private static final Comparator<LedgerPosition> ORDER =
      Comparator.comparingLong(LedgerPosition::at)
          .thenComparing(LedgerPosition::rank)
          .thenComparing(LedgerPosition::key, Utf8Order.INSTANCE);

  /** Before everything that happens at the instant. */
  public static LedgerPosition before(long millis) {
    return new LedgerPosition(millis, Rank.END_OF_GRANT, "");
  }

  /** After everything that happens at the instant. */
  public static LedgerPosition after(long millis) {
    return new LedgerPosition(millis, Rank.CLOSE, "");
  }

  @Override
  public int compareTo(LedgerPosition other) {
    return ORDER.compare(this, other);
  }
}
