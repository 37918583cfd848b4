package io.creditflow.view;

import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignQuarters;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import io.creditflow.workspace.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The buckets of a trend, in order: days or hours of the zone, each half-open, none missing. */
abstract sealed class Buckets {
  /** Receives a campaign's usage in, or in part of, a bucket. */
  interface Visitor {
    void visit(int bucket, String campaignId, UsageCount count);
  }

  /** First instants of the buckets, and the end of the last. */
  private final long[] bounds;

  private Buckets(long[] bounds) {
    this.bounds = bounds;
  }

  /** Days of the zone that days are kept in. */
  static Buckets days(LocalDate from, LocalDate to, Days days, int generation) {
    long[] bounds = new long[(int) (to.toEpochDay() - from.toEpochDay()) + 2];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = days.start(from.plusDays(i));
    }
    return new OfDays(bounds, from, generation);
  }

  /** Hours: each begins where the zone's clock shows minute 0, or the day begins. */
  static Buckets hours(LocalDate from, LocalDate to, Days days) {
    List<Long> starts = new ArrayList<>();
    long end = days.start(to.plusDays(1));
    ZoneId zone = days.zone();
    long first = days.start(from);
    for (long at = first; at < end; at += Tally.QUARTER_MILLIS) {
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

  /** The bucket that holds an instant, which one must. */
  int bucketOf(long at) {
    int place = Arrays.binarySearch(bounds, at);
    return place >= 0 ? place : -place - 2;
  }

  abstract String label(int bucket);

  /** Visits all usage in the buckets. */
  abstract void forEach(State state, String workspaceId, Visitor visitor);

  private static final class OfDays extends Buckets {
    private final LocalDate from;
    private final int generation;

    private OfDays(long[] bounds, LocalDate from, int generation) {
      super(bounds);
      this.from = from;
      this.generation = generation;
    }

    @Override
    String label(int bucket) {
      return from.plusDays(bucket).toString();
    }

    @Override
    void forEach(State state, String workspaceId, Visitor visitor) {
      int first = (int) from.toEpochDay();
      byte[] begin = Key.of(Table.DAY, workspaceId).int32(generation).int32(first).bytes();
      byte[] end = Key.of(Table.DAY, workspaceId).int32(generation).int32(first + count()).bytes();
      try (State.Rows rows = state.ascend(begin, end)) {
        while (rows.hasNext()) {
          State.Row row = rows.next();
          Key.Parts key = Key.parts(row.key());
          key.text();
          key.int32();
          int bucket = key.int32() - first;
          visitor.visit(bucket, key.text(), UsageCount.decode(row.value()));
        }
      }
    }
  }

  private static final class OfHours extends Buckets {
    private OfHours(long[] bounds) {
      super(bounds);
    }

    @Override
    String label(int bucket) {
      return Instant.ofEpochMilli(start(bucket)).toString();
    }

    @Override
    void forEach(State state, String workspaceId, Visitor visitor) {
      int from = Tally.quarter(start(0));
      int to = Tally.quarter(end(count() - 1));
      try (State.Rows rows = CampaignQuarters.rows(state, workspaceId, from, to)) {
        while (rows.hasNext()) {
          CampaignQuarters.visit(
              rows.next(),
              (quarter, campaignId, count) -> {
                if (quarter >= from && quarter < to) {
                  visitor.visit(bucketOf(quarter * Tally.QUARTER_MILLIS), campaignId, count);
                }
              });
        }
      }
    }
  }
}
