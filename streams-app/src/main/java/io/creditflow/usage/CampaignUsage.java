package io.creditflow.usage;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Usage of a workspace's campaigns by bucket (a quarter-hour or a day). Each row holds a campaign's
 * buckets of one period. Recent quarter-hours are not included: they are in the campaign's own row
 * until there are too many (docs/decisions/0020).
 */
public final class CampaignUsage {
  private static final int QUARTERS_A_ROW = 2 * 96;
  private static final int DAYS_A_ROW = 32;

  private final RowStore state;
  private final byte[] prefix;
  private final int stretch;

  private CampaignUsage(RowStore state, RowKey prefix, int stretch) {
    this.state = state;
    this.prefix = prefix.bytes();
    this.stretch = stretch;
  }

  /** By UTC quarter-hour, two days to a row. */
  public static CampaignUsage quarters(RowStore state, String workspaceId) {
    return new CampaignUsage(
        state, RowKey.of(Table.CAMPAIGN_QUARTER_HOURS, workspaceId), QUARTERS_A_ROW);
  }

  /**
   * By day, 32 of them to a row.
   *
   * @param generation which rows of days, as those of another zone stand beside them
   */
  public static CampaignUsage days(RowStore state, String workspaceId, int generation) {
    return new CampaignUsage(
        state, RowKey.of(Table.CAMPAIGN_DAYS, workspaceId).int32(generation), DAYS_A_ROW);
  }

  /** Receives a bucket in which a campaign was used. */
  public interface Visitor {
    void visit(int bucket, String campaignId, UsageCount count);
  }

  /** The first bucket of the row that holds the bucket. */
  public int firstOf(int bucket) {
    return Math.floorDiv(bucket, stretch) * stretch;
  }

  /** The row that begins with the bucket. */
  public UsageSeries row(String campaignId, int first) {
    return UsageSeries.decode(state.get(key(campaignId, first)));
  }

  /** Visits a campaign's buckets from (inclusive) to (exclusive), in order. */
  public void forEach(String campaignId, int from, int to, Visitor visitor) {
    for (int first = firstOf(from); first < to; first += stretch) {
      visit(row(campaignId, first), campaignId, from, to, visitor);
    }
  }

  /** Visits all campaigns' buckets from (inclusive) to (exclusive). */
  public void forEach(int from, int to, Visitor visitor) {
    byte[] end = key(Math.max(from, to) - 1 + stretch);
    try (RowStore.RowIterator rows = state.ascend(key(from), end)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        RowKey.Parser key = RowKey.parts(row.key(), prefix.length);
        key.int32();
        visit(UsageSeries.decode(row.value()), key.text(), from, to, visitor);
      }
    }
  }

  private static void visit(UsageSeries row, String campaignId, int from, int to, Visitor visitor) {
    row.forEach(
        (bucket, count) -> {
          if (bucket >= from && bucket < to) {
            visitor.visit(bucket, campaignId, count);
          }
        });
  }

  /**
   * Visits campaigns' buckets from one on, row by row, and stops between two stretches of time.
   *
   * @param rowsMin after so many rows it stops as soon as it may
   * @return the bucket to go on from; null at the end
   */
  public @Nullable Integer visitSome(int from, int rowsMin, Visitor visitor) {
    int stretchNow = Integer.MIN_VALUE;
    int seen = 0;
    try (RowStore.RowIterator rows = state.ascend(key(from), RowKey.after(prefix))) {
      while (rows.hasNext()) {
        Row row = rows.next();
        RowKey.Parser key = RowKey.parts(row.key(), prefix.length);
        int first = key.int32() * stretch;
        if (seen >= rowsMin && first > stretchNow) {
          return first;
        }
        stretchNow = first;
        seen++;
        String campaignId = key.text();
        UsageSeries.decode(row.value())
            .forEach((bucket, count) -> visitor.visit(bucket, campaignId, count));
      }
    }
    return null;
  }

  /** Keys of rows, at most so many. */
  public static List<byte[]> keysOfDaysBefore(
      RowStore state, String workspaceId, int generation, int max) {
    List<byte[]> keys = new ArrayList<>();
    byte[] from = RowKey.of(Table.CAMPAIGN_DAYS, workspaceId).int32(0).bytes();
    byte[] to = RowKey.of(Table.CAMPAIGN_DAYS, workspaceId).int32(generation).bytes();
    try (RowStore.RowIterator rows = state.ascend(from, to)) {
      while (rows.hasNext() && keys.size() < max) {
        keys.add(rows.next().key());
      }
    }
    return keys;
  }

  /**
   * Writes a campaign's rows with usage added, each once: to be called once a campaign before what
   * it wrote is stored.
   */
  public void add(String campaignId, UsageSeries change, RowWriter writer, Consumer<Row> into) {
    Map<Integer, UsageSeries> rows = new LinkedHashMap<>();
    change.forEach(
        (bucket, count) ->
            rows.computeIfAbsent(firstOf(bucket), first -> row(campaignId, first))
                .at(bucket)
                .add(count));
    rows.forEach(
        (first, usage) -> {
          usage.dropZeros();
          into.accept(
              new Row(
                  key(campaignId, first),
                  usage.isEmpty() ? null : usage.encode(writer.clear()).bytes()));
        });
  }

  private byte[] key(int bucket) {
    return RowKey.of(prefix).int32(Math.floorDiv(bucket, stretch)).bytes();
  }

  private byte[] key(String campaignId, int bucket) {
    return RowKey.of(prefix).int32(Math.floorDiv(bucket, stretch)).text(campaignId).bytes();
  }
}
