package io.creditflow.view;

import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.usage.Tally;
import io.creditflow.workspace.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** The buckets of a trend, in order: days or hours of the zone, each half-open, none missing. */
abstract sealed class Buckets {
  /** Where a row of usage belongs. */
  record Place(int bucket, String campaignId) {}

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

  abstract String label(int bucket);

  /** The rows of usage that the buckets are made of. */
  abstract State.Rows rows(State state, String workspaceId);

  abstract Place place(byte[] key);

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
    State.Rows rows(State state, String workspaceId) {
      int first = (int) from.toEpochDay();
      return state.ascend(
          Key.of(Table.DAY, workspaceId).int32(generation).int32(first).bytes(),
          Key.of(Table.DAY, workspaceId).int32(generation).int32(first + count()).bytes());
    }

    @Override
    Place place(byte[] key) {
      Key.Parts parts = Key.parts(key);
      parts.text();
      parts.int32();
      int day = parts.int32();
      return new Place(day - (int) from.toEpochDay(), parts.text());
    }
  }

  private static final class OfHours extends Buckets {
    private int latest;

    private OfHours(long[] bounds) {
      super(bounds);
    }

    @Override
    String label(int bucket) {
      return Instant.ofEpochMilli(start(bucket)).toString();
    }

    @Override
    State.Rows rows(State state, String workspaceId) {
      return state.ascend(
          Key.of(Table.QUARTER, workspaceId).int32(Tally.quarter(start(0))).bytes(),
          Key.of(Table.QUARTER, workspaceId).int32(Tally.quarter(end(count() - 1))).bytes());
    }

    /** Rows come in order, so the bucket is the latest or one after it. */
    @Override
    Place place(byte[] key) {
      Key.Parts parts = Key.parts(key);
      parts.text();
      long at = parts.int32() * Tally.QUARTER_MILLIS;
      while (at >= end(latest)) {
        latest++;
      }
      return new Place(latest, parts.text());
    }
  }
}
