package io.creditflow.campaign;

import io.creditflow.projection.ActivePeriods;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignDelta;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageCount;
import io.creditflow.usage.UsageSeries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's totals over its life, its present version and its recent quarter-hours. Mutable.
 *
 * <p>The version is null until one arrives: usage counts at once all the same.
 */
public final class CampaignRow {
  private @Nullable CampaignVersion version;
  private long firstActivityAt;
  private long lastActivityAt;
  private long changedAt;
  private final UsageCount total;
  private final UsageSeries recent;

  private CampaignRow(
      @Nullable CampaignVersion version,
      long firstActivityAt,
      long lastActivityAt,
      long changedAt,
      UsageCount total,
      UsageSeries recent) {
    this.version = version;
    this.firstActivityAt = firstActivityAt;
    this.lastActivityAt = lastActivityAt;
    this.changedAt = changedAt;
    this.total = total;
    this.recent = recent;
  }

  public @Nullable CampaignVersion version() {
    return version;
  }

  /** Milliseconds since 1970 of the latest usage, reversed or not; 0 before the first. */
  public long lastActivityAt() {
    return lastActivityAt;
  }

  /** Milliseconds since 1970 of the earliest usage, reversed or not; 0 before the first. */
  public long firstActivityAt() {
    return firstActivityAt;
  }

  /**
   * Milliseconds since 1970 of the latest usage or reversal, whether it still counts or not; 0
   * before the first.
   */
  public long changedAt() {
    return changedAt;
  }

  /**
   * When it was at work.
   *
   * @param versions all of its own, in time order
   */
  public ActivePeriods activeTime(List<ActivePeriods.StatusChange> versions) {
    return ActivePeriods.of(
        versions,
        version == null || version.startsAt() == null
            ? null
            : Instant.ofEpochMilli(version.startsAt()),
        firstActivityAt == 0 ? null : Instant.ofEpochMilli(firstActivityAt));
  }

  public UsageCount total() {
    return total;
  }

  /** Whether all of its credits are of recent quarter-hours: then no other row need be read. */
  public boolean isWhollyRecent() {
    return recent.credits(Integer.MIN_VALUE, Integer.MAX_VALUE) == total.credits();
  }

  /** Usage by quarter-hour that is not in {@link CampaignUsage} yet, whenever it was. */
  public UsageSeries recent() {
    return recent;
  }

  /**
   * Adds what is new.
   *
   * @param delta null for nothing
   */
  public CampaignRow add(@Nullable CampaignDelta delta) {
    if (delta != null) {
      delta.byQuarter().forEach((quarter, count) -> total.add(count));
      recent.add(delta.byQuarter());
      recent.dropZeros();
      if (delta.lastActivityAt() != 0) {
        long first = delta.firstActivityAt();
        firstActivityAt = firstActivityAt == 0 ? first : Math.min(firstActivityAt, first);
        lastActivityAt = Math.max(lastActivityAt, delta.lastActivityAt());
      }
      changedAt = Math.max(changedAt, delta.changedAt());
    }
    return this;
  }

  public void apply(CampaignVersion shown) {
    if (shown.isLaterThan(version)) {
      version = shown;
    }
  }

  public byte[] encode(RowWriter writer) {
    writer.clear().int64(firstActivityAt).int64(lastActivityAt).int64(changedAt);
    total.encode(writer);
    recent.encode(writer);
    if (version != null) {
      version.encode(writer);
    }
    return writer.bytes();
  }

  /** What its own row says, which may not be all of its usage; empty if there is none. */
  public static CampaignRow read(RowStore state, String workspaceId, String campaignId) {
    return decode(state.get(key(workspaceId, campaignId).bytes()));
  }

  public static RowKey key(String workspaceId, String campaignId) {
    return RowKey.of(Table.CAMPAIGN, workspaceId).text(campaignId);
  }

  /** The name alone, for readers of many; null until it is described. */
  public static @Nullable String name(RowStore state, String workspaceId, String campaignId) {
    byte[] row = state.get(key(workspaceId, campaignId).bytes());
    if (row == null) {
      return null;
    }
    RowReader reader = new RowReader(row);
    for (int instants = 3; instants > 0; instants--) {
      reader.int64();
    }
    UsageCount.skip(reader);
    UsageSeries.skip(reader);
    return reader.hasMore() ? CampaignVersion.decode(reader).name() : null;
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @param row null for a campaign of which nothing is known
   */
  public static CampaignRow decode(byte @Nullable [] row) {
    if (row == null) {
      return new CampaignRow(null, 0, 0, 0, new UsageCount(), new UsageSeries());
    }
    RowReader reader = new RowReader(row);
    long firstActivityAt = reader.int64();
    long lastActivityAt = reader.int64();
    long changedAt = reader.int64();
    UsageCount total = UsageCount.decode(reader);
    UsageSeries recent = UsageSeries.decode(reader);
    CampaignVersion version = reader.hasMore() ? CampaignVersion.decode(reader) : null;
    return new CampaignRow(version, firstActivityAt, lastActivityAt, changedAt, total, recent);
  }
}
