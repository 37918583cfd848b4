package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * The usage in one bucket: the number of leads by source and of phone reveals, and the credits that
 * they cost. Mutable, because each event adds to it; not thread-safe.
 */
public final class UsageCount {
  /** The number of lead sources. A source is given as its ordinal in the enum LeadSource. */
  public static final int SOURCES = 3;

  private static final int PHONES = SOURCES;

  private static final int SLOTS = SOURCES + 1;

  /** The counts (leads of each source, then phone reveals), then the credits in the same order. */
  private final long[] sums = new long[2 * SLOTS];

  /**
   * Adds or subtracts one posting.
   *
   * @param source the source of a lead; ignored for a phone reveal
   * @param sign 1 to add, -1 to subtract
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

  /**
   * Appends the numbers to a row: a byte of flags, then for each slot its count, unless count and
   * credits are 0, and its credits, unless they equal the count.
   */
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

  /** Skips one encoded count. */
  public static void skip(RowReader reader) {
    for (int remaining = Integer.bitCount(reader.int8() & 0xFF); remaining > 0; remaining--) {
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
