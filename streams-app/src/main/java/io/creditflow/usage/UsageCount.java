package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * How often and for how much, in some bucket: leads by source and phone reveals. Mutable, because
 * one is added to per event.
 */
public final class UsageCount {
  /** Lead sources, in the order of the enum LeadSource. */
  public static final int SOURCES = 3;

  private static final int PHONES = SOURCES;

  private static final int SLOTS = SOURCES + 1;

  /** How often: leads of each source, then phone reveals; then for how much, in the same order. */
  private final long[] sums = new long[2 * SLOTS];

  /**
   * Adds a posting, or takes one away.
   *
   * @param source of a lead; ignored for a phone reveal
   * @param sign 1 or -1
   */
  public void add(Activity activity, int source, long price, int sign) {
    int slot = activity == Activity.LEAD_SOURCED ? source : PHONES;
    sums[slot] += sign;
    sums[SLOTS + slot] += sign * price;
  }

  public void add(UsageCount other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  public long leads() {
    return sums[0] + sums[1] + sums[2];
  }

  public long leads(int source) {
    return sums[source];
  }

  public long leadCredits() {
    return leadCredits(0) + leadCredits(1) + leadCredits(2);
  }

  public long leadCredits(int source) {
    return sums[SLOTS + source];
  }

  public long phones() {
    return sums[PHONES];
  }

  public long phoneCredits() {
    return sums[SLOTS + PHONES];
  }

  public long credits() {
    return leadCredits() + phoneCredits();
  }

  public boolean isZero() {
    for (long sum : sums) {
      if (sum != 0) {
        return false;
      }
    }
    return true;
  }

  /** Appends itself to a row: a byte of flags, then only what is not 0 or equal to its count. */
  public RowWriter encode(RowWriter writer) {
    int flags = 0;
    for (int i = 0; i < SLOTS; i++) {
      flags |= sums[i] != 0 || sums[SLOTS + i] != 0 ? 1 << i : 0;
      flags |= sums[i] != sums[SLOTS + i] ? 1 << (4 + i) : 0;
    }
    writer.int8(flags);
    for (int i = 0; i < SLOTS; i++) {
      if ((flags & 1 << i) != 0) {
        writer.int64(sums[i]);
      }
      if ((flags & 1 << (4 + i)) != 0) {
        writer.int64(sums[SLOTS + i]);
      }
    }
    return writer;
  }

  /** Passes over one. */
  public static void skip(RowReader reader) {
    for (int left = Integer.bitCount(reader.int8() & 0xFF); left > 0; left--) {
      reader.int64();
    }
  }

  public static UsageCount decode(RowReader reader) {
    UsageCount count = new UsageCount();
    int flags = reader.int8();
    for (int i = 0; i < SLOTS; i++) {
      if ((flags & 1 << i) != 0) {
        count.sums[i] = reader.int64();
      }
      count.sums[SLOTS + i] = (flags & 1 << (4 + i)) != 0 ? reader.int64() : count.sums[i];
    }
    return count;
  }
}
