package io.creditflow.ledger;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;

/**
 * The position of a row in a workspace's history, which is ordered by instant, rank and key
 * (contract section 3, rule 4).
 *
 * @param at the event time, milliseconds since 1970
 * @param key orders rows of one rank at one instant: a grant id for the ranks of grants, else an
 *     event id
 */
public record LedgerPosition(long at, Rank rank, String key) implements Comparable<LedgerPosition> {
  /** The order of rows at one instant. It is part of the cursor format. */
  public enum Rank {
    END_OF_GRANT,
    START_OF_GRANT,
    USAGE,
    REVERSAL,
    /** After all rows at the instant; no row has this rank. */
    CLOSE
  }

  private static final Comparator<LedgerPosition> ORDER =
      Comparator.comparingLong(LedgerPosition::at)
          .thenComparing(LedgerPosition::rank)
          .thenComparing(LedgerPosition::key, Utf8Order.INSTANCE);

  /** The position before all rows at the instant. */
  public static LedgerPosition before(long millis) {
    return new LedgerPosition(millis, Rank.END_OF_GRANT, "");
  }

  /** The position after all rows at the instant. */
  public static LedgerPosition after(long millis) {
    return new LedgerPosition(millis, Rank.CLOSE, "");
  }

  @Override
  public int compareTo(LedgerPosition other) {
    return ORDER.compare(this, other);
  }
}
