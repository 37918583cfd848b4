package io.creditflow.posting;

import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.zone.TimeZones;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far a partition has been counted, as of one flush. A flush writes its number first ({@code
 * opened}) and last ({@code closed}); a reader who finds the two equal, before and after, has seen
 * one flush and nothing of the next.
 *
 * @param sequence number of the flush
 * @param positions by topic, how far it was read
 * @param forgottenTo ids of usage and e-mails of before this instant are forgotten, milliseconds
 *     since 1970; 0 if none are
 * @param asOf the append time before which every record is reflected, as the owner saw it, and
 *     never earlier than in the mark before; milliseconds since 1970, 0 while that cannot be said
 * @param ageLimit under which records were accepted last, milliseconds
 * @param lateUntil see {@link Forgetting#lateUntil}
 */
public record FlushMark(
    long sequence,
    Map<String, Reached> positions,
    Counters counters,
    long forgottenTo,
    long asOf,
    long ageLimit,
    long lateUntil) {
  /** How rows are written; raised whenever books written before could not be read any more. */
  private static final long FORMAT = 9;

  private static final byte[] OPENED = Key.of(Table.META, "opened").bytes();
  private static final byte[] CLOSED = Key.of(Table.META, "closed").bytes();

  /**
   * How far a topic's partition was read.
   *
   * @param nextOffset the first offset not yet counted
   * @param appendedAt append time of the record before it, milliseconds since 1970
   * @param withoutRecord offsets before it at which the topic holds no record: ends of
   *     transactions, aborted records, what was deleted before this partition was first counted
   */
  public record Reached(long nextOffset, long appendedAt, long withoutRecord) {
    public static final Reached NOTHING = new Reached(0, 0, 0);

    /** The same, with more offsets behind it that hold no record. */
    public Reached to(long offset) {
      return new Reached(offset, appendedAt, withoutRecord + offset - nextOffset);
    }
  }

  static FlushMark none() {
    return new FlushMark(0, new TreeMap<>(), new Counters(), 0, 0, 0, 0);
  }

  static State.Row opened(long sequence, RowWriter writer) {
    String release = TimeZones.inUse().release();
    return new State.Row(
        OPENED, writer.clear().int64(sequence).int64(FORMAT).text(release).bytes());
  }

  State.Row closed(RowWriter writer) {
    writer.clear().int64(sequence).int64(positions.size());
    positions.forEach(
        (topic, reached) ->
            writer
                .text(topic)
                .int64(reached.nextOffset)
                .int64(reached.appendedAt)
                .int64(reached.withoutRecord));
    counters.encode(writer);
    writer.int64(forgottenTo).int64(asOf).int64(ageLimit).int64(lateUntil);
    return new State.Row(CLOSED, writer.bytes());
  }

  /** Number of the flush last begun; 0 if none. */
  public static long opened(State state) {
    byte[] row = state.get(OPENED);
    return row == null ? 0 : new RowReader(row).int64();
  }

  /**
   * Makes sure that this version can read the books.
   *
   * @throws UnreadableStateException if they were written in another format, or counted by a newer
   *     release of the tz database
   */
  public static void requireReadable(State state) {
    byte[] row = state.get(OPENED);
    if (row == null) {
      return;
    }
    RowReader reader = new RowReader(row);
    reader.int64();
    long format = reader.hasMore() ? reader.int64() : 1;
    if (format != FORMAT) {
      throw new UnreadableStateException(
          "The books are in format %d, this version reads and writes format %d. Start it under a new"
                  .formatted(format, FORMAT)
              + " creditflow.application.id: it then counts everything again from the topics"
              + " (docs/operations.md)");
    }
    String release = reader.text();
    if (release.compareTo(TimeZones.inUse().release()) > 0) {
      throw new UnreadableStateException(
          "The state was counted by release %s of the tz database, this instance ships release %s."
                  .formatted(release, TimeZones.inUse().release())
              + " Start a version that ships %s or a newer one (docs/operations.md)"
                  .formatted(release));
    }
  }

  /** Whether the state was counted by this release of the tz database, or nothing was. */
  static boolean isOfThisTzRelease(State state) {
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

  /** The mark of the flush last finished. */
  public static FlushMark read(State state) {
    byte[] row = state.get(CLOSED);
    if (row == null) {
      return none();
    }
    RowReader reader = new RowReader(row);
    long sequence = reader.int64();
    int topics = (int) reader.int64();
    Map<String, Reached> positions = new TreeMap<>();
    for (int i = 0; i < topics; i++) {
      positions.put(reader.text(), new Reached(reader.int64(), reader.int64(), reader.int64()));
    }
    Counters counters = Counters.decode(reader);
    return new FlushMark(
        sequence,
        positions,
        counters,
        reader.hasMore() ? reader.int64() : 0,
        reader.hasMore() ? reader.int64() : 0,
        reader.hasMore() ? reader.int64() : Forgetting.OFF, // written before it was noted
        reader.hasMore() ? reader.int64() : 0);
  }
}
