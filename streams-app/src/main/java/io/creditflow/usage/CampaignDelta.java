package io.creditflow.usage;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * Changes of a campaign: in memory those since the last flush, in {@link WorkspaceUsage} those
 * since the campaign's own row was written. Instants are milliseconds since 1970. Mutable.
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

  /** Usage by quarter-hour; negative where reversals exceed usage. */
  public UsageSeries byQuarter() {
    return byQuarter;
  }

  /** Event time of the earliest usage, reversed or not; 0 if there is none. */
  public long firstActivityAt() {
    return firstActivityAt;
  }

  /** Event time of the latest usage, reversed or not; 0 if there is none. */
  public long lastActivityAt() {
    return lastActivityAt;
  }

  /**
   * Event time of the latest usage or reversal, also of one without effect because the usage was
   * reversed before; 0 if there is none.
   */
  public long changedAt() {
    return changedAt;
  }

  public void noteUsageAt(long atMillis) {
    firstActivityAt = earlier(firstActivityAt, atMillis);
    lastActivityAt = Math.max(lastActivityAt, atMillis);
    noteChangeAt(atMillis);
  }

  public void noteChangeAt(long atMillis) {
    changedAt = Math.max(changedAt, atMillis);
  }

  void add(CampaignDelta later) {
    byQuarter.add(later.byQuarter);
    byQuarter.dropZeros();
    if (later.firstActivityAt != 0) {
      firstActivityAt = earlier(firstActivityAt, later.firstActivityAt);
    }
    lastActivityAt = Math.max(lastActivityAt, later.lastActivityAt);
    noteChangeAt(later.changedAt);
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
