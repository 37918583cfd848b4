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
 * The usage of a workspace's campaigns by bucket, which is a UTC quarter-hour or a day. Each row
 * holds a fixed number of consecutive buckets of one campaign. Recent quarter-hours are not
 * included: they are in the campaign's own row until there are too many (docs/decisions/0020).
 */
public final class CampaignUsage {
  private static final int QUARTERS_PER_ROW = 2 * 96;
  private static final int DAYS_PER_ROW = 32;

  private final RowStore state;
  private final byte[] prefix;
  private final int bucketsPerRow;

  private CampaignUsage(RowStore state, RowKey prefix, int bucketsPerRow) {
    this.state = state;
    this.prefix = prefix.bytes();
    this.bucketsPerRow = bucketsPerRow;
  }

  /** Usage by UTC quarter-hour since 1970. A row holds two days. */
  public static CampaignUsage quarters(RowStore state, String workspaceId) {
    return new CampaignUsage(
        state, RowKey.of(Table.CAMPAIGN_QUARTER_HOURS, workspaceId), QUARTERS_PER_ROW);
  }

  /**
   * Usage by day, in days since 1970. A row holds 32 days.
   *
   * @param generation the generation of the rows; each recount of days writes a new generation,
   *     beside the previous one
   */
  public static CampaignUsage days(RowStore state, String workspaceId, int generation) {
    return new CampaignUsage(
        state, RowKey.of(Table.CAMPAIGN_DAYS, workspaceId).int32(generation), DAYS_PER_ROW);
  }

  /** Receives the usage of a campaign in a bucket. */
  public interface Visitor {
    void visit(int bucket, String campaignId, UsageCount count);
  }

  /** The first bucket of the row that holds the bucket. */
  public int firstOf(int bucket) {
    return Math.floorDiv(bucket, bucketsPerRow) * bucketsPerRow;
  }

  /** A campaign's row that begins with the bucket; empty if it is not stored. */
  public UsageSeries row(String campaignId, int first) {
    return UsageSeries.decode(state.get(key(campaignId, first)));
  }

  /** Visits a campaign's buckets from (inclusive) to (exclusive), in ascending order. */
  public void forEach(String campaignId, int from, int to, Visitor visitor) {
    for (int first = firstOf(from); first < to; first += bucketsPerRow) {
      visit(row(campaignId, first), campaignId, from, to, visitor);
    }
  }

  /** Visits all campaigns' buckets from (inclusive) to (exclusive). */
  public void forEach(int from, int to, Visitor visitor) {
    byte[] end = key(Math.max(from, to) - 1 + bucketsPerRow);
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
   * Visits the buckets of all campaigns, starting with the row of a bucket, and stops after a
   * bounded number of rows. It stops only where all campaigns' rows of the same buckets are
   * visited.
   *
   * @param rowsMin the number of rows after which it stops at the next opportunity
   * @return the bucket from which to continue; null if all are visited
   */
  public @Nullable Integer visitSome(int from, int rowsMin, Visitor visitor) {
    int currentFirst = Integer.MIN_VALUE;
    int seen = 0;
    try (RowStore.RowIterator rows = state.ascend(key(from), RowKey.after(prefix))) {
      while (rows.hasNext()) {
        Row row = rows.next();
        RowKey.Parser key = RowKey.parts(row.key(), prefix.length);
        int first = key.int32() * bucketsPerRow;
        if (seen >= rowsMin && first > currentFirst) {
          return first;
        }
        currentFirst = first;
        seen++;
        String campaignId = key.text();
        UsageSeries.decode(row.value())
            .forEach((bucket, count) -> visitor.visit(bucket, campaignId, count));
      }
    }
    return null;
  }

  /** The keys of rows of days of earlier generations, at most {@code max}. */
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
   * Adds usage to a campaign's stored rows and passes each changed row to the consumer once. Call
   * this at most once per campaign until these rows are stored, because it reads the stored rows.
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
    return RowKey.of(prefix).int32(Math.floorDiv(bucket, bucketsPerRow)).bytes();
  }

  private byte[] key(String campaignId, int bucket) {
    return RowKey.of(prefix).int32(Math.floorDiv(bucket, bucketsPerRow)).text(campaignId).bytes();
  }
}
