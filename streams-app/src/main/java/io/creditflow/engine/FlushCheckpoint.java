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
 * How far a partition has been counted, as of one flush. A flush writes its number first ({@code
 * begun}) and last ({@code completed}); a reader who finds the two equal, before and after, has
 * seen one flush and nothing of the next.
 *
 * @param sequence number of the flush
 * @param positions by topic, how far it was read
 * @param forgottenBefore ids of usage and e-mails of before this instant are forgotten,
 *     milliseconds since 1970; 0 if none are
 * @param asOf the append time before which every record is reflected, as the owner saw it, and
 *     never earlier than in the checkpoint before; milliseconds since 1970, 0 while that cannot be
 *     said
 * @param ageLimit under which records were accepted last, milliseconds
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
  /** How rows are written; raised whenever state written before could not be read any more. */
  private static final long FORMAT = 9;

  private static final String GO_BACK =
      "A newer version wrote it: start that version again, or this one";

  private static final byte[] OPENED = RowKey.of(Table.META, "opened").bytes();
  private static final byte[] CLOSED = RowKey.of(Table.META, "closed").bytes();

  /**
   * How far a topic's partition was read.
   *
   * @param nextOffset the first offset not yet counted
   * @param appendedAt append time of the record before it, milliseconds since 1970
   * @param withoutRecord offsets before it at which the topic holds no record: ends of
   *     transactions, aborted records, what was deleted before this partition was first counted
   */
  public record SourcePosition(long nextOffset, long appendedAt, long withoutRecord) {
    public static final SourcePosition NOTHING = new SourcePosition(0, 0, 0);

    /** The same, with more offsets behind it that hold no record. */
    public SourcePosition to(long offset) {
      return new SourcePosition(offset, appendedAt, withoutRecord + offset - nextOffset);
    }
  }

  static FlushCheckpoint initial() {
    return new FlushCheckpoint(0, new TreeMap<>(), new RecordCounters(), 0, 0, 0, 0);
  }

  static RowStore.Row begun(long sequence, RowWriter writer) {
    String release = TimeZones.inUse().release();
    return new RowStore.Row(
        OPENED, writer.clear().int64(sequence).int64(FORMAT).text(release).bytes());
  }

  RowStore.Row completed(RowWriter writer) {
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
    return new RowStore.Row(CLOSED, writer.bytes());
  }

  /** Number of the flush last begun; 0 if none. */
  public static long begun(RowStore state) {
    byte[] row = state.get(OPENED);
    return row == null ? 0 : new RowReader(row).int64();
  }

  /**
   * Makes sure that this version can read the state.
   *
   * @throws IncompatibleStateException if it was written in another format, or counted by a newer
   *     release of the tz database
   */
  public static void requireReadable(RowStore state) {
    byte[] row = state.get(OPENED);
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

  /** Whether the state was counted by this release of the tz database, or nothing was. */
  static boolean isOfThisTzRelease(RowStore state) {
    byte[] row = state.get(OPENED);
    if (row == null) {
      return true;
    }
    RowReader reader = new RowReader(row);
    reader.int64();
    reader.int64();
    return reader.text().equals(TimeZones.inUse().release());
  }

  /**
   * The number of the flush that a row ends, as it stands in a changelog.
   *
   * @return empty if it is a row of something else
   */
  public static OptionalLong sequenceEndedBy(byte[] key, byte[] value) {
    return Arrays.equals(key, CLOSED) && value != null
        ? OptionalLong.of(new RowReader(value).int64())
        : OptionalLong.empty();
  }

  /** The checkpoint of the flush last finished. */
  public static FlushCheckpoint read(RowStore state) {
    byte[] row = state.get(CLOSED);
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
        reader.hasMore() ? reader.int64() : DedupRetention.OFF, // written before it was noted
        reader.hasMore() ? reader.int64() : 0);
  }
}
