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

  /** Leads of each source, then phone reveals. */
  private final long[] times = new long[SOURCES + 1];

  private final long[] credits = new long[SOURCES + 1];

  /**
   * Adds a posting, or takes one away.
   *
   * @param source of a lead; ignored for a phone reveal
   * @param sign 1 or -1
   */
  public void add(Activity activity, int source, long price, int sign) {
    int slot = activity == Activity.LEAD_SOURCED ? source : PHONES;
    times[slot] += sign;
    credits[slot] += sign * price;
  }

  public void add(UsageCount other) {
    for (int i = 0; i < times.length; i++) {
      times[i] += other.times[i];
      credits[i] += other.credits[i];
    }
  }

  public long leads() {
    return times[0] + times[1] + times[2];
  }

  public long leads(int source) {
    return times[source];
  }

  public long leadCredits() {
    return credits[0] + credits[1] + credits[2];
  }

  public long leadCredits(int source) {
    return credits[source];
  }

  public long phones() {
    return times[PHONES];
  }

  public long phoneCredits() {
    return credits[PHONES];
  }

  public long credits() {
    return leadCredits() + phoneCredits();
  }

  public boolean isZero() {
    for (int i = 0; i < times.length; i++) {
      if (times[i] != 0 || credits[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Appends itself to a row: a byte of flags, then only what is not 0 or equal to its count. */
  public RowWriter encode(RowWriter writer) {
    int flags = 0;
    for (int i = 0; i < times.length; i++) {
      flags |= times[i] != 0 || credits[i] != 0 ? 1 << i : 0;
      flags |= times[i] != credits[i] ? 1 << (4 + i) : 0;
    }
    writer.int8(flags);
    for (int i = 0; i < times.length; i++) {
      if ((flags & 1 << i) != 0) {
        writer.int64(times[i]);
      }
      if ((flags & 1 << (4 + i)) != 0) {
        writer.int64(credits[i]);
      }
    }
    return writer;
  }

  public static UsageCount decode(RowReader reader) {
    UsageCount count = new UsageCount();
    int flags = reader.int8();
    for (int i = 0; i < count.times.length; i++) {
      if ((flags & 1 << i) != 0) {
        count.times[i] = reader.int64();
      }
      count.credits[i] = (flags & 1 << (4 + i)) != 0 ? reader.int64() : count.times[i];
    }
    return count;
  }

  /**
   * Reads a row that holds nothing else.
   *
   * @param row null counts as zero
   */
  public static UsageCount decode(byte[] row) {
    return row == null ? new UsageCount() : decode(new RowReader(row));
  }
}
