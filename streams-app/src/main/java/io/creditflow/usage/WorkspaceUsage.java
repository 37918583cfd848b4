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
import org.jspecify.annotations.Nullable;

/**
 * The usage row of a workspace, which each flush that changes the workspace writes. It holds the
 * recent quarter-hours of the workspace and the deltas of its campaigns. When these exceed a limit,
 * they move to {@link WorkspaceQuarterHours} and to the campaigns' own rows. Mutable.
 */
public final class WorkspaceUsage {
  /** The version of a workspace of which nothing is stored. */
  private static final long UNKNOWN = -1;

  /** The number of the last flush that changed the workspace. */
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

  /** Whether no row of the workspace was stored when this one was read. */
  public boolean isNew() {
    return version == UNKNOWN;
  }

  /**
   * The event time of the latest usage or reversal, milliseconds since 1970; 0 before the first.
   */
  public long usedAt() {
    return usedAt;
  }

  /** Usage summed per segment. Mutable: callers split segments in place. */
  public UsageSegments segments() {
    return segments;
  }

  /** Credits by quarter-hour that have not moved to {@link WorkspaceQuarterHours} yet. */
  CreditSeries recent() {
    return recent;
  }

  /** By campaign id, the changes that have not moved to the campaign's own row yet. */
  public Map<String, CampaignDelta> deltas() {
    return deltas;
  }

  /** Adds the changes of campaigns since the last flush. */
  public void add(Map<String, CampaignDelta> campaigns) {
    campaigns.forEach(
        (campaignId, delta) -> {
          deltas.computeIfAbsent(campaignId, id -> new CampaignDelta()).add(delta);
          usedAt = Math.max(usedAt, delta.changedAt());
        });
  }

  /** The size of the deltas: their number of quarter-hours, plus one per campaign. */
  public int deltaSize() {
    int size = deltas.size();
    for (CampaignDelta delta : deltas.values()) {
      size += delta.byQuarter().size();
    }
    return size;
  }

  /**
   * Sets the version, because the workspace has changed.
   *
   * @param newVersion the number of the current flush
   */
  public WorkspaceUsage changed(long newVersion) {
    version = newVersion;
    return this;
  }

  /** Adds the credits of a posting; negative if the posting was reversed. */
  public void add(long atMillis, long credits) {
    if (credits != 0) {
      usedAt = Math.max(usedAt, atMillis);
      segments.add(atMillis, credits);
      recent.add(WorkspaceQuarterHours.quarter(atMillis), credits);
    }
  }

  /**
   * If there are more than {@code quartersMax} recent quarter-hours, moves them to their own rows.
   */
  public void spill(
      int quartersMax, RowStore state, String workspaceId, RowWriter writer, Consumer<Row> into) {
    if (recent.size() <= quartersMax) {
      return;
    }
    WorkspaceQuarterHours quarterHours = new WorkspaceQuarterHours(state, workspaceId, this);
    Map<Integer, Map<Integer, Long>> byDay = new HashMap<>();
    recent.forEach(
        (quarter, credits) ->
            byDay
                .computeIfAbsent(WorkspaceQuarterHours.day(quarter), day -> new HashMap<>())
                .put(quarter, credits));
    byDay.forEach((day, change) -> into.accept(quarterHours.rowWith(day, change, writer)));
    recent.clear();
  }

  public byte[] encode(RowWriter writer) {
    segments.encode(writer.clear().int64(version).int64(usedAt));
    recent.encode(writer);
    writer.int64(deltas.size());
    deltas.forEach((campaignId, delta) -> delta.encode(writer.text(campaignId)));
    return writer.bytes();
  }

  /**
   * Reads only the version from a stored row.
   *
   * @param row null if none is stored
   * @return -1 if no row is stored
   */
  public static long version(byte @Nullable [] row) {
    return row == null ? UNKNOWN : new RowReader(row).int64();
  }

  /** Reads the stored row; if there is none, returns one without usage. */
  public static WorkspaceUsage read(RowStore state, String workspaceId) {
    return decode(state.get(key(workspaceId).bytes()));
  }

  public static RowKey key(String workspaceId) {
    return RowKey.of(Table.USAGE, workspaceId);
  }

  /**
   * Reads a row written by {@link #encode}.
   *
   * @param row null if none is stored
   */
  public static WorkspaceUsage decode(byte @Nullable [] row) {
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
      deltas.put(reader.requiredText(), CampaignDelta.decode(reader));
    }
    return new WorkspaceUsage(version, usedAt, segments, recent, deltas);
  }
}
