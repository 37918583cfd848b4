package io.creditflow.workspace;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * How far a recount of past days has come.
 *
 * @param zone the stamp of the zone that days are being counted in; null when only old days are
 *     left to clear
 * @param generation of the rows being counted
 * @param nextQuarter the first UTC quarter-hour not yet counted: what arrives for one before it
 *     must be added here, too
 */
public record DayRecountRow(@Nullable String zone, int generation, int nextQuarter) {

  public static DayRecountRow begin(String zone, int generation) {
    return new DayRecountRow(zone, generation, 0);
  }

  /** Counted up to the quarter-hour. */
  public DayRecountRow upTo(int quarter) {
    return new DayRecountRow(zone, generation, quarter);
  }

  /** Done counting: rows of older generations are left to clear. */
  public DayRecountRow counted() {
    return new DayRecountRow(null, generation, nextQuarter);
  }

  public byte[] encode(RowWriter writer) {
    return writer.clear().text(zone).int64(generation).int64(nextQuarter).bytes();
  }

  public static DayRecountRow decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new DayRecountRow(reader.text(), (int) reader.int64(), (int) reader.int64());
  }
}
