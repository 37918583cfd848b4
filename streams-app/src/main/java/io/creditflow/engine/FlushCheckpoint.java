package io.creditflow.engine;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.zone.TimeZones;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The progress of a partition at one flush, which the flush stores in its last row. Its first and
 * its last row both hold the number of the flush. If a reader finds both numbers equal before and
 * after a read, no flush was written during the read.
 *
 * @param sequence the number of the flush
 * @param positions the position in each topic, by topic name
 * @param counters the number of records by topic and outcome
 * @param forgottenBefore ids of usage and e-mails that occurred before this time are forgotten,
 *     milliseconds since 1970; 0 if none are forgotten
 * @param asOf the append time before which every record is reflected, milliseconds since 1970; 0
 *     while it is not known. It moves backwards only if the brokers' clock has stepped back
 * @param ageLimit the age limit at the time of the flush, milliseconds
 * @param lateUntil see {@link DedupRetention#lateUntil}
 */
public record FlushCheckpoint(
    long sequence,
    Map<String, SourcePosition> positions,
    RecordCounters counters,
    long forgottenBefore,
    long asOf,
    long ageLimit,
    long lateUntil) {
  /** The version of the row format; increased with each incompatible change. */
  private static final long FORMAT = 9;

  private static final String GO_BACK =
      "A newer version wrote it: start that version again, or this one";

  private static final byte[] FIRST_ROW_KEY = RowKey.of(Table.META, "opened").bytes();
  private static final byte[] LAST_ROW_KEY = RowKey.of(Table.META, "closed").bytes();

  /**
   * How far a partition of a topic was read.
   *
   * @param nextOffset the first offset that is not counted
   * @param appendedAt append time of the last record before nextOffset, milliseconds since 1970
   * @param withoutRecord the number of offsets before nextOffset at which the topic held no record:
   *     transaction markers, aborted records, and records that were deleted before the partition
   *     was first counted
   */
  public record SourcePosition(long nextOffset, long appendedAt, long withoutRecord) {
    /** The position of a topic of which nothing was read. */
    public static final SourcePosition START = new SourcePosition(0, 0, 0);

    /**
     * The position after moving to a later offset, if the topic holds no record in between.
     *
     * @param offset the new nextOffset
     */
    public SourcePosition skipTo(long offset) {
      return new SourcePosition(offset, appendedAt, withoutRecord + offset - nextOffset);
    }
  }

  /** The checkpoint of an empty state. */
  static FlushCheckpoint initial() {
    return new FlushCheckpoint(0, new TreeMap<>(), new RecordCounters(), 0, 0, 0, 0);
  }

  /** The first row of a flush. */
  static RowStore.Row firstRow(long sequence, RowWriter writer) {
    String release = TimeZones.inUse().release();
    return new RowStore.Row(
        FIRST_ROW_KEY, writer.clear().int64(sequence).int64(FORMAT).text(release).bytes());
  }

  /** The last row of the flush. */
  RowStore.Row lastRow(RowWriter writer) {
    writer.clear().int64(sequence).int64(positions.size());
    positions.forEach(
        (topic, position) ->
            writer
                .text(topic)
                .int64(position.nextOffset)
                .int64(position.appendedAt)
                .int64(position.withoutRecord));
    counters.encode(writer);
    writer.int64(forgottenBefore).int64(asOf).int64(ageLimit).int64(lateUntil);
    return new RowStore.Row(LAST_ROW_KEY, writer.bytes());
  }

  /** The number in the first row of the last flush; 0 if there was no flush. */
  public static long begun(RowStore state) {
    byte[] row = state.get(FIRST_ROW_KEY);
    return row == null ? 0 : new RowReader(row).int64();
  }

  /**
   * Checks that this version can read the state.
   *
   * @throws IncompatibleStateException if the state was written in another format, or with a newer
   *     release of the tz database
   */
  public static void requireReadable(RowStore state) {
    byte[] row = state.get(FIRST_ROW_KEY);
    if (row == null) {
      return;
    }
    RowReader reader = new RowReader(row);
    reader.int64();
    long format = reader.hasMore() ? reader.int64() : 1;
    if (format != FORMAT) {
      throw new IncompatibleStateException(
          "The state is in format %d, this version reads and writes format %d. %s under a new"
                  .formatted(format, FORMAT, format > FORMAT ? GO_BACK : "Start it")
              + " creditflow.application.id: it then counts everything again from the topics"
              + " (docs/operations.md#upgrade)");
    }
    String release = reader.text();
    if (release.compareTo(TimeZones.inUse().release()) > 0) {
      throw new IncompatibleStateException(
          "The state was counted by release %s of the tz database, this instance ships release %s."
                  .formatted(release, TimeZones.inUse().release())
              + " Start a version that ships %s or a newer one (docs/operations.md)"
                  .formatted(release));
    }
  }

  /** Whether the state was written with this release of the tz database, or is empty. */
  static boolean isOfThisTzRelease(RowStore state) {
    byte[] row = state.get(FIRST_ROW_KEY);
    if (row == null) {
      return true;
    }
    RowReader reader = new RowReader(row);
    reader.int64();
    reader.int64();
    return reader.text().equals(TimeZones.inUse().release());
  }

  /**
   * Reads the number of a flush from a changelog record that is the last row of the flush.
   *
   * @return empty if the record is not the last row of a flush
   */
  public static OptionalLong sequenceEndedBy(byte[] key, byte[] value) {
    return Arrays.equals(key, LAST_ROW_KEY) && value != null
        ? OptionalLong.of(new RowReader(value).int64())
        : OptionalLong.empty();
  }

  /** Reads the checkpoint from the last row of the last flush. */
  public static FlushCheckpoint read(RowStore state) {
    byte[] row = state.get(LAST_ROW_KEY);
    if (row == null) {
      return initial();
    }
    RowReader reader = new RowReader(row);
    long sequence = reader.int64();
    int topics = (int) reader.int64();
    Map<String, SourcePosition> positions = new TreeMap<>();
    for (int i = 0; i < topics; i++) {
      positions.put(
          reader.text(), new SourcePosition(reader.int64(), reader.int64(), reader.int64()));
    }
    RecordCounters counters = RecordCounters.decode(reader);
    return new FlushCheckpoint(
        sequence,
        positions,
        counters,
        reader.hasMore() ? reader.int64() : 0,
        reader.hasMore() ? reader.int64() : 0,
        reader.hasMore()
            ? reader.int64()
            : DedupRetention.OFF, // the row was written without an age limit
        reader.hasMore() ? reader.int64() : 0);
  }
}
