package io.creditflow.workspace;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageSeries;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.zone.TimeZones;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums past days of workspaces again from their UTC quarter-hours. This is necessary when a
 * workspace's time zone changes, or when a newer release of the tz database changes the rules of
 * the zone (contract section 3, rule 10). Each flush recounts a bounded number of rows. Until a
 * recount is complete, readers get the old days, and new usage is added to the old days. New usage
 * in a quarter-hour that is already recounted is added to the new days, too. Recent quarter-hours
 * are in no row of days; readers add them, in the zone of the served days. Not thread-safe.
 */
public final class DayRecount {
  private final RowStore state;
  private final int rowsPerStep;
  private final Map<String, DayRecountRow> running = new TreeMap<>();
  private final RowWriter writer = new RowWriter();

  public DayRecount(RowStore state, int rowsPerStep) {
    this.state = state;
    this.rowsPerStep = rowsPerStep;
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.RECOUNT).bytes())) {
      rows.forEachRemaining(
          row ->
              running.put(RowKey.parts(row.key()).text(), DayRecountRow.decode(row.storedValue())));
    }
  }

  public boolean isRunning() {
    return !running.isEmpty();
  }

  /**
   * Whether the days of a workspace must be recounted, because they are or will be those of another
   * zone, or of other rules, than the workspace now has.
   */
  public boolean isNeeded(String workspaceId, WorkspaceRow row) {
    return !targetZone(workspaceId, row).equals(TimeZones.inUse().stamp(row.timeZone()));
  }

  /** The stamp of the zone being recounted; of the served zone if no recount runs. */
  private String targetZone(String workspaceId, WorkspaceRow row) {
    DayRecountRow recount = running.get(workspaceId);
    return recount == null || recount.zone() == null ? row.dayZone() : recount.zone();
  }

  /** A writer for the days of one workspace in one flush. */
  public DayWriter dayWriter(String workspaceId) {
    return new DayWriter(workspaceId);
  }

  /** Begins a recount if {@link #isNeeded}. It replaces a recount that is running. */
  public void beginIfNeeded(String workspaceId, WorkspaceRow row, Consumer<Row> into) {
    DayRecountRow recount = running.get(workspaceId);
    if (isNeeded(workspaceId, row)) {
      int generation =
          Math.max(row.dayGeneration(), recount == null ? 0 : recount.generation()) + 1;
      save(
          workspaceId,
          DayRecountRow.begin(TimeZones.inUse().stamp(row.timeZone()), generation),
          into);
    }
  }

  /**
   * Continues the first running recount by one step, from the stored rows.
   *
   * @param flush the number of the current flush
   * @param into receives the changed rows, the progress of the recount included
   */
  public void step(long flush, Consumer<Row> into) {
    Map.Entry<String, DayRecountRow> first = running.entrySet().iterator().next();
    String workspaceId = first.getKey();
    DayRecountRow recount = first.getValue();
    String zone = recount.zone();
    if (zone == null) {
      deleteOldDays(workspaceId, recount, into);
    } else {
      sumQuarters(workspaceId, recount, zone, flush, into);
    }
  }

  /** Adds the next quarter-hours to the new days. Readers get the new days after the last. */
  private void sumQuarters(
      String workspaceId, DayRecountRow recount, String zone, long flush, Consumer<Row> into) {
    WorkspaceDays days = new WorkspaceDays(TimeZones.inUse().ofStamp(zone));
    Map<String, UsageSeries> counts = new HashMap<>();
    Integer next =
        CampaignUsage.quarters(state, workspaceId)
            .visitSome(
                recount.nextQuarter(),
                rowsPerStep,
                (quarter, campaignId, count) ->
                    counts
                        .computeIfAbsent(campaignId, id -> new UsageSeries())
                        .at(days.ofQuarter(quarter))
                        .add(count));
    CampaignUsage rows = CampaignUsage.days(state, workspaceId, recount.generation());
    counts.forEach((campaignId, change) -> rows.add(campaignId, change, writer, into));
    if (next == null) {
      WorkspaceRow row =
          WorkspaceRow.read(state, workspaceId).withServedDays(zone, recount.generation());
      into.accept(new Row(WorkspaceRow.key(workspaceId).bytes(), row.encode(writer)));
      WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId).changed(flush);
      into.accept(new Row(WorkspaceUsage.key(workspaceId).bytes(), usage.encode(writer)));
      save(workspaceId, recount.summed(), into);
    } else {
      save(workspaceId, recount.nextAt(next), into);
    }
  }

  /** Deletes some rows of earlier generations. Ends the recount after the last. */
  private void deleteOldDays(String workspaceId, DayRecountRow recount, Consumer<Row> into) {
    List<byte[]> old =
        CampaignUsage.keysOfDaysBefore(state, workspaceId, recount.generation(), rowsPerStep);
    old.forEach(key -> into.accept(new Row(key, null)));
    if (old.size() < rowsPerStep) {
      running.remove(workspaceId);
      into.accept(new Row(RowKey.of(Table.RECOUNT, workspaceId).bytes(), null));
    }
  }

  private void save(String workspaceId, DayRecountRow recount, Consumer<Row> into) {
    running.put(workspaceId, recount);
    into.accept(new Row(RowKey.of(Table.RECOUNT, workspaceId).bytes(), recount.encode(writer)));
  }

  /** The days that readers get, and the generation of their rows. */
  private record ServedDays(WorkspaceDays days, int generation) {
    static ServedDays of(WorkspaceRow workspace) {
      return new ServedDays(new WorkspaceDays(workspace.servedZone()), workspace.dayGeneration());
    }
  }

  /**
   * Adds quarter-hours of a workspace to the served days, and to the days being recounted if the
   * recount has passed the quarter-hour. Looks up the time zones at the first use.
   */
  public final class DayWriter {
    private final String workspaceId;
    private @Nullable ServedDays served;
    private @Nullable WorkspaceDays recounted;

    private DayWriter(String workspaceId) {
      this.workspaceId = workspaceId;
    }

    /** Adds a campaign's quarter-hours. Call this at most once per campaign and flush. */
    public void add(String campaignId, UsageSeries quarters, Consumer<Row> into) {
      if (served == null) {
        served = ServedDays.of(WorkspaceRow.read(state, workspaceId));
      }
      write(campaignId, quarters, served.days, Integer.MAX_VALUE, served.generation, into);
      DayRecountRow recount = running.get(workspaceId);
      if (recount != null && recount.zone() != null) {
        if (recounted == null) {
          recounted = new WorkspaceDays(TimeZones.inUse().ofStamp(recount.zone()));
        }
        write(campaignId, quarters, recounted, recount.nextQuarter(), recount.generation(), into);
      }
    }

    private void write(
        String campaignId,
        UsageSeries quarters,
        WorkspaceDays days,
        int endQuarter,
        int generation,
        Consumer<Row> into) {
      UsageSeries byDay = new UsageSeries();
      quarters.forEach(
          (quarter, count) -> {
            if (quarter < endQuarter) {
              byDay.at(days.ofQuarter(quarter)).add(count);
            }
          });
      CampaignUsage.days(state, workspaceId, generation).add(campaignId, byDay, writer, into);
    }
  }
}
