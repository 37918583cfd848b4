package io.creditflow.campaign;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.usage.UsageCount;

/**
 * A campaign's totals over its life, and its present picture. Mutable between flushes.
 *
 * <p>The picture is null until one arrives: usage counts at once all the same.
 */
public final class CampaignRow {
  private Picture picture;
  private long lastActivityAt;
  private final UsageCount total;

  private CampaignRow(Picture picture, long lastActivityAt, UsageCount total) {
    this.picture = picture;
    this.lastActivityAt = lastActivityAt;
    this.total = total;
  }

  public Picture picture() {
    return picture;
  }

  /** Milliseconds since 1970 of the latest usage, reversed or not; 0 before the first. */
  public long lastActivityAt() {
    return lastActivityAt;
  }

  public UsageCount total() {
    return total;
  }

  public void show(Picture shown) {
    if (shown.isLaterThan(picture)) {
      picture = shown;
    }
  }

  public void activityAt(long millis) {
    lastActivityAt = Math.max(lastActivityAt, millis);
  }

  public byte[] encode(RowWriter writer) {
    writer.clear().int64(lastActivityAt);
    total.encode(writer);
    if (picture != null) {
      picture.encode(writer);
    }
    return writer.bytes();
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @param row null for a campaign of which nothing is known
   */
  public static CampaignRow decode(byte[] row) {
    if (row == null) {
      return new CampaignRow(null, 0, new UsageCount());
    }
    RowReader reader = new RowReader(row);
    long lastActivityAt = reader.int64();
    UsageCount total = UsageCount.decode(reader);
    return new CampaignRow(reader.hasMore() ? Picture.decode(reader) : null, lastActivityAt, total);
  }
}
