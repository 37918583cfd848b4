package io.creditflow.usage;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a workspace used: the one row of it that every flush writes. In here stand, until they are
 * many, its recent quarter-hours, which then move to the {@link WorkspaceQuarterHours}, and what is
 * new of its campaigns, which then moves to their own rows. Mutable.
 */
public final class WorkspaceUsage {
  /** The version of a workspace of which nothing is known. */
  private static final long UNKNOWN = -1;

  private long version;
  private long usedAt;
  private final UsageSegments segments;
  private final CreditSeries recent;
  private final Map<String, CampaignDelta> deltas;

  private WorkspaceUsage(
      long version,
      long usedAt,
      UsageSegments segments,
      CreditSeries recent,
      Map<String, CampaignDelta> deltas) {
    this.version = version;
    this.usedAt = usedAt;
    this.segments = segments;
    this.recent = recent;
    this.deltas = deltas;
  }

  /** Whether nothing was known of the workspace before. */
  public boolean isNew() {
    return version == UNKNOWN;
  }

  /** Milliseconds since 1970 of the latest usage or reversal; 0 before the first. */
  public long usedAt() {
    return usedAt;
  }

  /** Sums between grant boundaries; to be cut in here. */
  public UsageSegments segments() {
    return segments;
  }

  /** Credits by quarter-hour that are not in the {@link WorkspaceQuarterHours}'s own rows. */
  CreditSeries recent() {
    return recent;
  }

  /** By campaign, what is not in its own row. */
  public Map<String, CampaignDelta> deltas() {
    return deltas;
  }

  /** Adds what is new of campaigns. */
  public void add(Map<String, CampaignDelta> campaigns) {
    campaigns.forEach(
        (campaignId, delta) -> {
          deltas.computeIfAbsent(campaignId, id -> new CampaignDelta()).add(delta);
          usedAt = Math.max(usedAt, delta.changedAt());
        });
  }

  /** Quarter-hours of campaigns that are not in their own rows, one counted for each campaign. */
  public int deltaSize() {
    int size = deltas.size();
    for (CampaignDelta delta : deltas.values()) {
      size += delta.byQuarter().size();
    }
    return size;
  }

  /**
   * Notes that something of the workspace changed.
   *
   * @param newVersion larger than before
   */
  public WorkspaceUsage changed(long newVersion) {
    version = newVersion;
    return this;
  }

  /** Credits of a posting, or less of them. */
  public void add(long atMillis, long credits) {
    if (credits != 0) {
      segments.add(atMillis, credits);
      recent.add(WorkspaceQuarterHours.quarter(atMillis), credits);
    }
  }

  /** Moves the recent quarter-hours into rows of their own if there are more than so many. */
  public void spill(
      int quartersMax, WorkspaceQuarterHours quarterHours, RowWriter writer, Consumer<Row> into) {
    if (recent.size() <= quartersMax) {
      return;
    }
    Map<Integer, Map<Integer, Long>> byDay = new HashMap<>();
    recent.forEach(
        (quarter, credits) ->
            byDay
                .computeIfAbsent(WorkspaceQuarterHours.day(quarter), day -> new HashMap<>())
                .put(quarter, credits));
    byDay.forEach((day, change) -> into.accept(quarterHours.added(day, change, writer)));
    recent.clear();
  }

  public byte[] encode(RowWriter writer) {
    segments.encode(writer.clear().int64(version).int64(usedAt));
    recent.encode(writer);
    writer.int64(deltas.size());
    deltas.forEach((campaignId, delta) -> delta.encode(writer.text(campaignId)));
    return writer.bytes();
  }

  /** The version alone; -1 if nothing is known of the workspace. */
  public static long version(RowStore state, String workspaceId) {
    byte[] row = state.get(key(workspaceId).bytes());
    return row == null ? UNKNOWN : new RowReader(row).int64();
  }

  /** What is stored of a workspace; nothing used if nothing is. */
  public static WorkspaceUsage read(RowStore state, String workspaceId) {
    return decode(state.get(key(workspaceId).bytes()));
  }

  public static RowKey key(String workspaceId) {
    return RowKey.of(Table.USAGE, workspaceId);
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @param row null for a workspace that was never used
   */
  static WorkspaceUsage decode(byte[] row) {
    if (row == null) {
      return new WorkspaceUsage(
          UNKNOWN, 0, UsageSegments.empty(), CreditSeries.empty(), new HashMap<>());
    }
    RowReader reader = new RowReader(row);
    long version = reader.int64();
    long usedAt = reader.int64();
    UsageSegments segments = UsageSegments.decode(reader);
    CreditSeries recent = CreditSeries.decode(reader);
    Map<String, CampaignDelta> deltas = new HashMap<>();
    for (long i = reader.int64(); i > 0; i--) {
      deltas.put(reader.text(), CampaignDelta.decode(reader));
    }
    return new WorkspaceUsage(version, usedAt, segments, recent, deltas);
  }
}
