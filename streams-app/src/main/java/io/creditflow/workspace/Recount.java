package io.creditflow.workspace;

import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignQuarters;
import io.creditflow.usage.UsageCount;
import io.creditflow.zone.TimeZones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counts a workspace's past days anew when its zone becomes known or changes, be it by the rules of
 * a newer tz release, from its UTC quarter-hours, a bounded number of rows at each flush. Meanwhile
 * the old days are served and kept right; what arrives for a quarter-hour already recounted is
 * added to both (contract section 3, rule 10).
 */
public final class Recount {
  /** Some 8,000 years from 1970: after all that is accepted. */
  private static final int LAST_QUARTER = Integer.MAX_VALUE / 8;

  private final State state;
  private final int rowsPerStep;
  private final Map<String, RecountRow> running = new TreeMap<>();
  private final RowWriter writer = new RowWriter();

  public Recount(State state, int rowsPerStep) {
    this.state = state;
    this.rowsPerStep = rowsPerStep;
    try (State.Rows rows = state.within(Key.of(Table.RECOUNT).bytes())) {
      rows.forEachRemaining(
          row -> running.put(Key.parts(row.key()).text(), RecountRow.decode(row.value())));
    }
  }

  public boolean isRunning() {
    return !running.isEmpty();
  }

  /** Whether the days of a workspace are of other rules than those of its zone. */
  public boolean mustFollow(String workspaceId, WorkspaceRow row) {
    return !counting(workspaceId, row).equals(TimeZones.inUse().stamp(row.timeZone()));
  }

  private String counting(String workspaceId, WorkspaceRow row) {
    RecountRow recount = running.get(workspaceId);
    return recount == null || recount.zone() == null ? row.dayZone() : recount.zone();
  }

  /** Collects one flush's usage by day, for the days served and those being recounted. */
  public DayCounts dayCounts(String workspaceId, WorkspaceRow workspace) {
    return new DayCounts(workspaceId, workspace, running.get(workspaceId));
  }

  /** Begins a recount if the workspace's zone is not the one its days are of. */
  public WorkspaceRow follow(String workspaceId, WorkspaceRow row, Consumer<Row> into) {
    RecountRow recount = running.get(workspaceId);
    if (mustFollow(workspaceId, row)) {
      int generation =
          Math.max(row.dayGeneration(), recount == null ? 0 : recount.generation()) + 1;
      save(
          workspaceId, RecountRow.begin(TimeZones.inUse().stamp(row.timeZone()), generation), into);
    }
    return row;
  }

  /** Goes on with one recount, on what is stored, and saves how far it came. */
  public void step(long flush, Consumer<Row> into) {
    String workspaceId = running.keySet().iterator().next();
    RecountRow recount = running.get(workspaceId);
    if (recount.zone() == null) {
      clear(workspaceId, recount, into);
    } else {
      count(workspaceId, recount, flush, into);
    }
  }

  private void count(String workspaceId, RecountRow recount, long flush, Consumer<Row> into) {
    Days days = new Days(TimeZones.inUse().ofStamp(recount.zone()));
    Map<DayKey, UsageCount> counts = new HashMap<>();
    int quarter = recount.nextQuarter();
    int seen = 0;
    boolean done = true;
    try (State.Rows rows = CampaignQuarters.rows(state, workspaceId, quarter, LAST_QUARTER)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        int first = CampaignQuarters.firstOf(row);
        if (seen >= rowsPerStep && first > quarter) {
          quarter = first;
          done = false;
          break;
        }
        quarter = first;
        seen++;
        CampaignQuarters.visit(
            row,
            (at, campaignId, count) ->
                counts
                    .computeIfAbsent(
                        new DayKey(days.ofQuarter(at), campaignId), k -> new UsageCount())
                    .add(count));
      }
    }
    counts.forEach(
        (day, count) -> {
          byte[] key = day.key(workspaceId, recount.generation()).bytes();
          UsageCount sum = UsageCount.decode(state.get(key));
          sum.add(count);
          into.accept(new Row(key, sum.encode(writer.clear()).bytes()));
        });
    if (done) {
      WorkspaceRow row =
          WorkspaceRow.read(state, workspaceId)
              .serving(recount.zone(), recount.generation())
              .version(flush);
      into.accept(new Row(WorkspaceRow.key(workspaceId).bytes(), row.encode(writer)));
      save(workspaceId, recount.counted(), into);
    } else {
      save(workspaceId, recount.upTo(quarter), into);
    }
  }

  private void clear(String workspaceId, RecountRow recount, Consumer<Row> into) {
    List<byte[]> old = new ArrayList<>();
    byte[] from = Key.of(Table.DAY, workspaceId).int32(0).bytes();
    byte[] to = Key.of(Table.DAY, workspaceId).int32(recount.generation()).bytes();
    try (State.Rows rows = state.ascend(from, to)) {
      while (rows.hasNext() && old.size() < rowsPerStep) {
        old.add(rows.next().key());
      }
    }
    old.forEach(key -> into.accept(new Row(key, null)));
    if (old.size() < rowsPerStep) {
      running.remove(workspaceId);
      into.accept(new Row(Key.of(Table.RECOUNT, workspaceId).bytes(), null));
    }
  }

  private void save(String workspaceId, RecountRow recount, Consumer<Row> into) {
    running.put(workspaceId, recount);
    into.accept(new Row(Key.of(Table.RECOUNT, workspaceId).bytes(), recount.encode(writer)));
  }

  private record DayKey(int day, String campaignId) {
    Key key(String workspaceId, int generation) {
      return Key.of(Table.DAY, workspaceId).int32(generation).int32(day).text(campaignId);
    }
  }

  /** One flush's usage of a workspace, by day. */
  public static final class DayCounts {
    private final String workspaceId;
    private final int generation;
    private final Days served;
    private final Map<DayKey, UsageCount> counts = new HashMap<>();
    private final RecountRow recount;
    private final Days recounted;
    private final Map<DayKey, UsageCount> recounts = new HashMap<>();

    private DayCounts(String workspaceId, WorkspaceRow workspace, RecountRow recount) {
      this.workspaceId = workspaceId;
      this.recount = recount;
      generation = workspace.dayGeneration();
      served = new Days(workspace.servedZone());
      recounted =
          recount == null || recount.zone() == null
              ? null
              : new Days(TimeZones.inUse().ofStamp(recount.zone()));
    }

    public void add(int quarter, String campaignId, UsageCount count) {
      add(counts, served, quarter, campaignId, count);
      if (recounted != null && quarter < recount.nextQuarter()) {
        add(recounts, recounted, quarter, campaignId, count);
      }
    }

    private static void add(
        Map<DayKey, UsageCount> to, Days days, int quarter, String campaignId, UsageCount count) {
      to.computeIfAbsent(new DayKey(days.ofQuarter(quarter), campaignId), k -> new UsageCount())
          .add(count);
    }

    /** Every row to add to. */
    public void forEach(BiConsumer<Key, UsageCount> visitor) {
      counts.forEach((day, count) -> visitor.accept(day.key(workspaceId, generation), count));
      recounts.forEach(
          (day, count) -> visitor.accept(day.key(workspaceId, recount.generation()), count));
    }
  }
}
