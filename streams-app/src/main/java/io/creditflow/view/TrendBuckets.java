package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.state.RowStore;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageCount;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The buckets of a trend: consecutive half-open days or hours of the workspace's time zone. */
abstract sealed class TrendBuckets {
  /** Receives usage of a campaign in a bucket; called several times if several rows hold it. */
  interface Visitor {
    void visit(int bucket, String campaignId, UsageCount count);
  }

  /** The start of each bucket and the end of the last one, milliseconds since 1970. */
  private final long[] bounds;

  private final String[] labels;

  private TrendBuckets(long[] bounds) {
    this.bounds = bounds;
    labels = new String[count()];
  }

  /** Creates a bucket for each day, inclusive, of the time zone for which days are stored. */
  static TrendBuckets days(LocalDate from, LocalDate to, WorkspaceDays days, int generation) {
    long[] bounds = new long[(int) (to.toEpochDay() - from.toEpochDay()) + 2];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = days.start(from.plusDays(i));
    }
    return new OfDays(bounds, from, generation);
  }

  /**
   * Creates a bucket for each hour. An hour begins at minute 0 of the local time; the first one
   * begins with the first day.
   */
  static TrendBuckets hours(LocalDate from, LocalDate to, WorkspaceDays days) {
    List<Long> starts = new ArrayList<>();
    long end = days.start(to.plusDays(1));
    ZoneId zone = days.zone();
    long first = days.start(from);
    for (long at = first; at < end; at += WorkspaceQuarterHours.QUARTER_MILLIS) {
      ZonedDateTime local = Instant.ofEpochMilli(at).atZone(zone);
      if (at == first || local.getMinute() == 0) {
        starts.add(at);
      }
    }
    starts.add(end);
    return new OfHours(starts.stream().mapToLong(Long::longValue).toArray());
  }

  int count() {
    return bounds.length - 1;
  }

  long start(int bucket) {
    return bounds[bucket];
  }

  long end(int bucket) {
    return bounds[bucket + 1];
  }

  /** The bucket that contains an instant; the instant must be in a bucket. */
  int bucketOf(long at) {
    int index = Arrays.binarySearch(bounds, at);
    int bucket = index >= 0 ? index : -index - 2;
    // A day that the time zone skips is empty: it starts at the same instant as the next day.
    while (bounds[bucket + 1] <= at) {
      bucket++;
    }
    return bucket;
  }

  /** The label of the bucket in an answer: a date or an instant. */
  final String label(int bucket) {
    if (labels[bucket] == null) {
      labels[bucket] = makeLabel(bucket);
    }
    return labels[bucket];
  }

  abstract String makeLabel(int bucket);

  /** The stored usage of the buckets. Its rows are numbered by day or by quarter-hour. */
  abstract CampaignUsage rows(RowStore state, String workspaceId);

  /** The first row number. */
  abstract int firstRow();

  /** The end of the row numbers, exclusive. */
  abstract int endRow();

  /** The bucket that a row number belongs to. */
  abstract int bucketOfRow(int rowNumber);

  /**
   * Visits all usage in the buckets.
   *
   * @param campaigns all campaigns of the workspace
   */
  final void forEach(
      RowStore state, String workspaceId, Map<String, CampaignRow> campaigns, Visitor visitor) {
    rows(state, workspaceId)
        .forEach(
            firstRow(),
            endRow(),
            (rowNumber, id, count) -> visitor.visit(bucketOfRow(rowNumber), id, count));
    campaigns.forEach((id, row) -> visitRecent(id, row, visitor));
  }

  /** Visits one campaign's usage in the buckets. */
  final void forEach(
      RowStore state, String workspaceId, String campaignId, CampaignRow row, Visitor visitor) {
    rows(state, workspaceId)
        .forEach(
            campaignId,
            firstRow(),
            endRow(),
            (rowNumber, id, count) -> visitor.visit(bucketOfRow(rowNumber), id, count));
    visitRecent(campaignId, row, visitor);
  }

  private void visitRecent(String campaignId, CampaignRow row, Visitor visitor) {
    row.recent()
        .forEach(
            (quarter, count) -> {
              long at = quarter * WorkspaceQuarterHours.QUARTER_MILLIS;
              if (at >= bounds[0] && at < bounds[bounds.length - 1]) {
                visitor.visit(bucketOf(at), campaignId, count);
              }
            });
  }

  private static final class OfDays extends TrendBuckets {
    private final LocalDate from;
    private final int generation;

    private OfDays(long[] bounds, LocalDate from, int generation) {
      super(bounds);
      this.from = from;
      this.generation = generation;
    }

    @Override
    String makeLabel(int bucket) {
      return from.plusDays(bucket).toString();
    }

    @Override
    CampaignUsage rows(RowStore state, String workspaceId) {
      return CampaignUsage.days(state, workspaceId, generation);
    }

    @Override
    int firstRow() {
      return (int) from.toEpochDay();
    }

    @Override
    int endRow() {
      return firstRow() + count();
    }

    @Override
    int bucketOfRow(int day) {
      return day - firstRow();
    }
  }

  private static final class OfHours extends TrendBuckets {
    private OfHours(long[] bounds) {
      super(bounds);
    }

    @Override
    String makeLabel(int bucket) {
      return Instant.ofEpochMilli(start(bucket)).toString();
    }

    @Override
    CampaignUsage rows(RowStore state, String workspaceId) {
      return CampaignUsage.quarters(state, workspaceId);
    }

    @Override
    int firstRow() {
      return WorkspaceQuarterHours.quarter(start(0));
    }

    @Override
    int endRow() {
      return WorkspaceQuarterHours.quarter(end(count() - 1));
    }

    @Override
    int bucketOfRow(int quarter) {
      return bucketOf(quarter * WorkspaceQuarterHours.QUARTER_MILLIS);
    }
  }
}
