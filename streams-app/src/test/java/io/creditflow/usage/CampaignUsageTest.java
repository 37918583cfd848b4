package io.creditflow.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held against a plain map, over buckets of before and after 1970. */
class CampaignUsageTest {
  private record Bucket(String campaignId, int number) {}

  private final Random random = new Random(7);
  private final InMemoryRowStore state = new InMemoryRowStore();
  private final CampaignUsage quarters = CampaignUsage.quarters(state, "w");
  private final CampaignUsage days = CampaignUsage.days(state, "w", 3);
  private final Map<Bucket, Long> expected = new HashMap<>();

  @Test
  void readsWhatWasAddedInAnyRange() {
    for (CampaignUsage usage : List.of(quarters, days)) {
      expected.clear();
      for (int flush = 0; flush < 100; flush++) {
        addSome(usage);
        assertReads(usage);
      }
    }
  }

  @Test
  void keepsNoRowOfUsageThatWasAllTakenBack() {
    UsageSeries change = series(5, 1);
    add(days, "a", change);
    add(days, "a", series(5, -1));

    assertThat(state.within(RowKey.of(Table.CAMPAIGN_DAYS).bytes()).hasNext()).isFalse();
  }

  @Test
  void visitsRowByRowAndStopsBetweenTwoStretchesOfTime() {
    for (String campaignId : List.of("a", "b", "c")) {
      add(quarters, campaignId, series(0, 1));
      add(quarters, campaignId, series(191, 1));
      add(quarters, campaignId, series(192, 1));
    }
    List<Integer> visited = new ArrayList<>();

    Integer next = quarters.visitSome(0, 2, (quarter, id, count) -> visited.add(quarter));

    assertThat(next).isEqualTo(192);
    assertThat(visited).containsExactly(0, 191, 0, 191, 0, 191);
    assertThat(quarters.visitSome(192, 2, (quarter, id, count) -> visited.add(quarter))).isNull();
    assertThat(visited).hasSize(9);
  }

  private void addSome(CampaignUsage usage) {
    String campaignId = "c" + random.nextInt(3);
    UsageSeries change = new UsageSeries();
    int around = random.nextInt(-500, 500);
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      int bucket = around + random.nextInt(random.nextBoolean() ? 10 : 400);
      int credits = random.nextInt(1, 4);
      change.at(bucket).add(Activity.LEAD_SOURCED, 1, credits, 1);
      expected.merge(new Bucket(campaignId, bucket), (long) credits, Long::sum);
    }
    add(usage, campaignId, change);
  }

  private void add(CampaignUsage usage, String campaignId, UsageSeries change) {
    List<Row> rows = new ArrayList<>();
    usage.add(campaignId, change, new RowWriter(), rows::add);
    assertThat(rows.stream().map(row -> HexFormat.of().formatHex(row.key())))
        .doesNotHaveDuplicates();
    state.write(rows);
  }

  private static UsageSeries series(int bucket, int sign) {
    UsageSeries series = new UsageSeries();
    series.at(bucket).add(Activity.PHONE_REVEALED, 0, 2, sign);
    return series;
  }

  private void assertReads(CampaignUsage usage) {
    int from = random.nextInt(-600, 900);
    int to = from + random.nextInt(500);
    Map<Bucket, Long> read = new HashMap<>();
    usage.forEach(from, to, (bucket, id, count) -> put(read, id, bucket, count));
    Map<Bucket, Long> ofOne = new HashMap<>();
    usage.forEach("c1", from, to, (bucket, id, count) -> put(ofOne, id, bucket, count));

    Map<Bucket, Long> inRange = new HashMap<>(expected);
    inRange.keySet().removeIf(bucket -> bucket.number < from || bucket.number >= to);
    assertThat(read).isEqualTo(inRange);
    inRange.keySet().removeIf(bucket -> !bucket.campaignId.equals("c1"));
    assertThat(ofOne).isEqualTo(inRange);
  }

  private static void put(Map<Bucket, Long> into, String id, int bucket, UsageCount count) {
    assertThat(into.put(new Bucket(id, bucket), count.credits())).isNull();
  }
}
