package io.creditflow.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkspaceUsageTest {
  private static final long ORIGIN = 1_760_000_400_000L;

  private final Random random = new Random(3);
  private final InMemoryRowStore state = new InMemoryRowStore();
  private final RowWriter writer = new RowWriter();

  @Test
  void aSumIsTheSameWhereverItsQuarterHoursStand() {
    TreeMap<Integer, Long> expected = new TreeMap<>();
    for (int flush = 0; flush < 200; flush++) {
      WorkspaceUsage usage = WorkspaceUsage.read(state, "w");
      for (int i = random.nextInt(6); i >= 0; i--) {
        long at = ORIGIN + random.nextInt(40) * 3_600_000L;
        long credits = random.nextInt(-1, 5);
        usage.add(at, credits);
        expected.merge(WorkspaceQuarterHours.quarter(at), credits, Long::sum);
      }
      List<Row> rows = new ArrayList<>();
      usage.spill(9, state, "w", writer, rows::add);
      rows.add(new Row(WorkspaceUsage.key("w").bytes(), usage.encode(writer)));
      state.write(rows);

      WorkspaceQuarterHours quarterHours =
          new WorkspaceQuarterHours(state, "w", WorkspaceUsage.read(state, "w"));
      int from = WorkspaceQuarterHours.quarter(ORIGIN) + random.nextInt(-10, 170);
      int to = from + random.nextInt(170);
      long sum = expected.subMap(from, to).values().stream().mapToLong(c -> c).sum();
      assertThat(quarterHours.between(from, to)).isEqualTo(sum);
      long[] visited = {0};
      quarterHours.forEach(from, to, (quarter, credits) -> visited[0] += credits);
      assertThat(visited[0]).isEqualTo(sum);
      assertThat(WorkspaceUsage.read(state, "w").segments().total())
          .isEqualTo(expected.values().stream().mapToLong(c -> c).sum());
    }
  }

  @Test
  void comesBackWhole() {
    WorkspaceUsage usage = WorkspaceUsage.read(state, "w");
    assertThat(usage.isNew()).isTrue();
    CampaignDelta used = new CampaignDelta();
    used.noteUsageAt(ORIGIN + 5);
    used.noteUsageAt(ORIGIN + 2);
    used.noteChangeAt(ORIGIN + 9);
    used.byQuarter().at(7).add(Activity.LEAD_SOURCED, 2, 3, 1);
    CampaignDelta reversed = new CampaignDelta();
    reversed.noteChangeAt(ORIGIN);
    usage.add(Map.of("used", used, "reversed", reversed));
    usage.changed(12);
    byte[] row = usage.encode(writer);

    WorkspaceUsage read = WorkspaceUsage.decode(row);

    assertThat(WorkspaceUsage.version(row)).isEqualTo(12);
    assertThat(read.isNew()).isFalse();
    assertThat(read.usedAt()).isEqualTo(ORIGIN + 9);
    assertThat(read.deltaSize()).isEqualTo(3);
    CampaignDelta one = Objects.requireNonNull(read.deltas().get("used"));
    assertThat(one.firstActivityAt()).isEqualTo(ORIGIN + 2);
    assertThat(one.lastActivityAt()).isEqualTo(ORIGIN + 5);
    assertThat(one.changedAt()).isEqualTo(ORIGIN + 9);
    assertThat(one.byQuarter().credits(7, 8)).isEqualTo(3);
    CampaignDelta other = Objects.requireNonNull(read.deltas().get("reversed"));
    assertThat(other.firstActivityAt()).isZero();
    assertThat(other.lastActivityAt()).isZero();
    assertThat(other.changedAt()).isEqualTo(ORIGIN);
  }
}
