package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * What is new of a campaign since its own row was written: at first in memory, then with those of
 * the workspace's other campaigns in {@link WorkspaceUsage}. Instants are milliseconds since 1970.
 * Mutable.
 */
public final class CampaignDelta {
  private final UsageSeries byQuarter;
  private long firstActivityAt;
  private long lastActivityAt;
  private long changedAt;

  public CampaignDelta() {
    this(new UsageSeries());
  }

  private CampaignDelta(UsageSeries byQuarter) {
    this.byQuarter = byQuarter;
  }

  /** Usage by quarter-hour, negative where more was taken back than came. */
  public UsageSeries byQuarter() {
    return byQuarter;
  }

  /** Of the earliest usage, reversed or not; 0 if there is none. */
  public long firstActivityAt() {
    return firstActivityAt;
  }

  /** Of the latest usage, reversed or not; 0 if there is none. */
  public long lastActivityAt() {
    return lastActivityAt;
  }

  /** Of the latest usage or reversal, whether it counts or not; 0 if there is none. */
  public long changedAt() {
    return changedAt;
  }

  public void used(long atMillis) {
    firstActivityAt = earlier(firstActivityAt, atMillis);
    lastActivityAt = Math.max(lastActivityAt, atMillis);
    changed(atMillis);
  }

  public void changed(long atMillis) {
    changedAt = Math.max(changedAt, atMillis);
  }

  void add(CampaignDelta later) {
    byQuarter.add(later.byQuarter);
    byQuarter.dropZeros();
    if (later.firstActivityAt != 0) {
      firstActivityAt = earlier(firstActivityAt, later.firstActivityAt);
    }
    lastActivityAt = Math.max(lastActivityAt, later.lastActivityAt);
    changed(later.changedAt);
  }

  private static long earlier(long known, long other) {
    return known == 0 ? other : Math.min(known, other);
  }

  void encode(RowWriter writer) {
    writer
        .int64(changedAt)
        .int64(changedAt - lastActivityAt)
        .int64(lastActivityAt - firstActivityAt);
    byQuarter.encode(writer);
  }

  static CampaignDelta decode(RowReader reader) {
    long changedAt = reader.int64();
    long lastActivityAt = changedAt - reader.int64();
    long firstActivityAt = lastActivityAt - reader.int64();
    CampaignDelta delta = new CampaignDelta(UsageSeries.decode(reader));
    delta.changedAt = changedAt;
    delta.lastActivityAt = lastActivityAt;
    delta.firstActivityAt = firstActivityAt;
    return delta;
  }
}
